package vaeocl.ops;

/**
 * What a launch needs at the least, for one batch.
 *
 * @param flops floating-point operations, a fused multiply-add counting two
 * @param bytes bytes read and written when each tensor is touched once
 */
public record Cost(long flops, long bytes) {}
