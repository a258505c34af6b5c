package vaeocl.cli;

import picocli.CommandLine.IVersionProvider;

/** The version of this program, from the jar's manifest. */
public final class Version implements IVersionProvider {
  /** The version, or "dev" where the program does not run from its jar. */
  public static String number() {
    String version = Version.class.getPackage().getImplementationVersion();
    return version == null ? "dev" : version;
  }

  @Override
  public String[] getVersion() {
    return new String[] {"vae-ocl " + number()};
  }
}
