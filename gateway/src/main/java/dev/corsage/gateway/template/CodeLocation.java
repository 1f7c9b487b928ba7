package dev.corsage.gateway.template;

import java.nio.file.Path;

/**
 * Where the code of a function is, as far as this machine can tell. Immutable.
 *
 * @param kind what was found; not null
 * @param written what the template says, for people; not null, empty if it says nothing
 * @param path what was looked at; null if the template names no file or folder
 * @param source the code itself if it is in the template; else empty
 */
public record CodeLocation(Kind kind, String written, Path path, String source) {

  /** What was found. */
  public enum Kind {
    /** A jar or zip. */
    ARCHIVE,
    /** A folder, with sources or with what was built of them. */
    FOLDER,
    /** The template has the code itself. */
    INLINE,
    /** Nothing: the code was not built or not fetched, or is in a bucket or a container image. */
    NOT_HERE
  }

  /** Returns code that is not on this machine. */
  static CodeLocation notHere(String written, Path looked) {
    return new CodeLocation(Kind.NOT_HERE, written, looked, "");
  }

  /** Tells whether it is on this machine. */
  public boolean isHere() {
    return kind != Kind.NOT_HERE;
  }

  /** Returns what to name it: the path that was looked at, or what the template says. */
  @Override
  public String toString() {
    if (kind == Kind.INLINE) {
      return "code in the template";
    }
    return path != null ? path.toString() : written.isEmpty() ? "no code" : written;
  }
}
