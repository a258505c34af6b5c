package vaeocl.opencl.gpu;

/**
 * How Intel's compilers are to make a kernel of its text; others know neither.
 *
 * @param subGroup work-items of a sub-group; 0 where it is left to the compiler
 * @param registers of a thread; 0 where it is left to the compiler
 */
record Compiled(int subGroup, int registers) {
  static final Compiled AS_EVER = new Compiled(0, 0);

  /** The one number that an option can ask for. */
  static final int MANY_REGISTERS = 256;

  Compiled {
    if (registers != 0 && registers != MANY_REGISTERS) {
      throw new IllegalArgumentException(registers + " registers");
    }
  }

  String options() {
    return (subGroup == 0 ? "" : " -DSUB_GROUP=" + subGroup)
        + (registers == 0 ? "" : " -cl-intel-256-GRF-per-thread");
  }
}
