package vaeocl.ops;

/**
 * What an operation needs at the least, for one batch.
 *
 * @param flops floating-point operations, a fused multiply-add counting two
 * @param bytes bytes read and written when each tensor is touched once
 */
public record Cost(long flops, long bytes) {
  Cost plus(Cost other) {
    return new Cost(flops + other.flops, bytes + other.bytes);
  }
}
