package vaeocl.check;

import vaeocl.opencl.device.DeviceKind;

/**
 * A mistake to plant in a kernel.
 *
 * @param cases part of the label of the cases that must notice
 * @param times how often the text occurs; all are replaced
 */
record Mistake(
    String name, DeviceKind kind, String cases, String file, int times, String text, String other) {
  /** The same in the order in which it is read: where, what, and how. */
  static Mistake in(
      String file,
      DeviceKind kind,
      String cases,
      String name,
      int times,
      String text,
      String other) {
    return new Mistake(name, kind, cases, file, times, text, other);
  }

  @Override
  public String toString() {
    return file + ", " + kind + ": " + name;
  }
}
