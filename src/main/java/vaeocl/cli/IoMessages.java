package vaeocl.cli;

import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.net.http.HttpTimeoutException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;

/** Sentences for the JDK's I/O exceptions, many of which carry a bare path or host, or nothing. */
final class IoMessages {
  private IoMessages() {}

  static String sentence(IOException e) {
    if (e instanceof FileSystemException f && f.getFile() != null) {
      return fileSystem(f);
    }
    String message = e.getMessage();
    boolean bare = message == null || message.isBlank();
    if (e instanceof UnknownHostException) {
      return "cannot find the host " + message + ": is there a network?";
    }
    if (e instanceof CharacterCodingException) {
      return "not valid text (UTF-8)" + (bare ? "" : ": " + message);
    }
    if (!bare) {
      // FileNotFoundException says "path (reason)"; a bare path gets its reason.
      boolean path = e instanceof FileNotFoundException && !message.contains("(");
      return path ? "no such file: " + message : message;
    }
    if (e instanceof EOFException) {
      return "a file ends too early";
    }
    if (e instanceof ConnectException || e instanceof HttpTimeoutException) {
      return "cannot connect to the server: is there a network?";
    }
    return "input or output failed (" + e.getClass().getSimpleName() + ")";
  }

  private static String fileSystem(FileSystemException e) {
    String file = e.getFile();
    if (e instanceof NoSuchFileException) {
      return "no such file or folder: " + file;
    }
    if (e instanceof AccessDeniedException) {
      return "cannot " + attempted(file) + " " + file + ": permission denied";
    }
    if (e instanceof FileAlreadyExistsException) {
      return file + " exists already";
    }
    if (e instanceof DirectoryNotEmptyException) {
      return file + " is not empty";
    }
    if (e instanceof NotDirectoryException) {
      return file + " is not a folder";
    }
    String reason = e.getReason() == null ? "the file system refused" : e.getReason();
    String other = e.getOtherFile() == null ? "" : " and " + e.getOtherFile();
    return file + other + ": " + reason;
  }

  /** The exception does not say what was denied: what exists and is unreadable was to be read. */
  private static String attempted(String file) {
    try {
      Path path = Path.of(file);
      return Files.exists(path) && !Files.isReadable(path) ? "read" : "write";
    } catch (InvalidPathException e) {
      return "open";
    }
  }
}
