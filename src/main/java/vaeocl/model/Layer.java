package vaeocl.model;

import vaeocl.ops.Activation;
import vaeocl.ops.Linear;

/**
 * A dense layer of a net: y = f(x·wᵀ + b).
 *
 * @param output what y is called: "h1"
 */
public record Layer(String output, Linear linear, Activation f) {}
