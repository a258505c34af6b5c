package vaeocl.ops;

/** Element type of a tensor. */
public enum Type {
  U8,
  I32,
  F32
}
