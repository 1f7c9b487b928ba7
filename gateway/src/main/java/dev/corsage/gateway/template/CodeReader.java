package dev.corsage.gateway.template;

import dev.corsage.gateway.template.CodeLocation.Kind;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Finds the code of a function: <a
 * href="https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-resource-function.html">SAM's</a>
 * {@code CodeUri}, {@code InlineCode} and {@code ImageUri}, <a
 * href="https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-lambda-function-code.html">CloudFormation's</a>
 * {@code Code}, and the asset that the CDK notes in the <a
 * href="https://docs.aws.amazon.com/cdk/v2/guide/assets.html">metadata</a>.
 */
final class CodeReader {
  private static final String ASSET = "aws:asset:path";

  /** Of a scheme two characters at least: {@code C:} is none. */
  private static final Pattern URL = Pattern.compile("[a-z][a-z0-9+.-]+://.*");

  private final Path folder;

  /** Creates it; relative paths are relative to the folder. */
  CodeReader(Path folder) {
    this.folder = folder;
  }

  CodeLocation read(Value properties, Value metadata) {
    Value code = properties.at("CodeUri");
    if (!code.isPresent()) {
      code = properties.at("Code");
    }
    String source =
        Stream.of(properties.at("InlineCode"), code.at("ZipFile"))
            .map(Value::written)
            .filter(text -> !text.isEmpty())
            .findFirst()
            .orElse("");
    if (!source.isEmpty()) {
      return new CodeLocation(Kind.INLINE, "", null, source);
    }
    boolean image = properties.at("ImageUri").isPresent() || code.at("ImageUri").isPresent();
    if (image || properties.at("PackageType").text().equals("Image")) {
      return CodeLocation.notHere("a container image", null);
    }
    if (code instanceof Value.Text) {
      return onThisMachine(code.text());
    }
    if (metadata.at(ASSET) instanceof Value.Text asset) {
      return onThisMachine(asset.text());
    }
    return CodeLocation.notHere(bucket(code), null);
  }

  private static String bucket(Value code) {
    // Of Code, of CodeUri.
    String bucket = code.at("S3Bucket").textOr(code.at("Bucket").text());
    String key = code.at("S3Key").textOr(code.at("Key").text());
    return bucket.isEmpty() && key.isEmpty() ? "" : "s3://" + bucket + "/" + key;
  }

  private CodeLocation onThisMachine(String written) {
    if (URL.matcher(written).matches()) {
      return CodeLocation.notHere(written, null);
    }
    try {
      Path path = folder.resolve(written).normalize();
      if (Files.isDirectory(path)) {
        return new CodeLocation(Kind.FOLDER, written, path, "");
      }
      boolean archive =
          (written.endsWith(".jar") || written.endsWith(".zip")) && Files.isRegularFile(path);
      return archive
          ? new CodeLocation(Kind.ARCHIVE, written, path, "")
          : CodeLocation.notHere(written, path);
    } catch (InvalidPathException noPath) {
      return CodeLocation.notHere(written, null);
    }
  }
}
