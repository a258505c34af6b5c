package vaeocl.data;

/** What is worth telling the user while a data set is fetched; the caller prints it. */
public interface Notices {
  /** Something goes its usual way and takes a while. */
  void progress(String line);

  /** The result will not be what the user may expect. */
  void warning(String line);
}
