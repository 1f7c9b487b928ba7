package dev.corsage.gateway.function;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.regex.Pattern;

/**
 * The files of a function as they are on this machine: a jar or zip, a folder, or one file whose
 * text is in a template. Immutable.
 *
 * @param path the archive or folder; null if the text is all there is
 * @param name the name of the file with the text; empty if there is a path
 * @param text the text; empty if there is a path
 */
public record FunctionFiles(Path path, String name, String text) {
  private static final Pattern ES_MODULE = Pattern.compile("(?m)^\\s*(import|export)\\b");

  /** What tells whether an archive has been written again. */
  record Stamp(FileTime modified, long size) {}

  /** Returns the stamp of an archive; null for what is no archive, or not there at the moment. */
  Stamp stamp() {
    try {
      return path == null || !Files.isRegularFile(path)
          ? null
          : new Stamp(Files.getLastModifiedTime(path), Files.size(path));
    } catch (IOException gone) {
      return null;
    }
  }

  /** Returns the files in an archive or a folder. */
  public static FunctionFiles in(Path archiveOrFolder) {
    return new FunctionFiles(archiveOrFolder, "", "");
  }

  /**
   * Returns the file that CloudFormation makes of <a
   * href="https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-lambda-function-code.html">code
   * in a template</a>: {@code index}.
   *
   * @param runtime such as {@code nodejs22.x}
   */
  public static FunctionFiles inline(String runtime, String text) {
    if (!runtime.startsWith("nodejs")) {
      return new FunctionFiles(null, "index.py", text);
    }
    boolean module = ES_MODULE.matcher(text).find();
    return new FunctionFiles(null, module ? "index.mjs" : "index.js", text);
  }
}
