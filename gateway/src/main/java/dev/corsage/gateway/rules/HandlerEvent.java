package dev.corsage.gateway.rules;

import dev.corsage.gateway.template.CodeLocation;
import dev.corsage.gateway.template.TemplateFunction;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** The events that a handler takes, by the class that its code names. */
enum HandlerEvent {
  V1("APIGatewayProxyRequestEvent"),
  V2("APIGatewayV2HTTPEvent"),
  /** Both, neither, or its code is not here. */
  UNKNOWN("");

  private static final String PACKAGE = "com/amazonaws/services/lambda/runtime/events/";
  private static final int MAX_CLASS = 1 << 20;

  private final String className;

  HandlerEvent(String className) {
    this.className = className;
  }

  String className() {
    return className;
  }

  boolean isV2() {
    return this == V2;
  }

  static HandlerEvent of(TemplateFunction function) {
    if (!function.isJava() || function.code().kind() != CodeLocation.Kind.ARCHIVE) {
      return UNKNOWN;
    }
    try (ZipFile archive = new ZipFile(function.code().path().toFile())) {
      ZipEntry entry = archive.getEntry(function.classFile());
      if (entry == null) {
        return UNKNOWN;
      }
      try (InputStream code = archive.getInputStream(entry)) {
        // Names of classes are in the constants of a class file as they are.
        String bytes = new String(code.readNBytes(MAX_CLASS), StandardCharsets.ISO_8859_1);
        boolean v1 = bytes.contains(PACKAGE + V1.className);
        boolean v2 = bytes.contains(PACKAGE + V2.className);
        return v1 == v2 ? UNKNOWN : v1 ? V1 : V2;
      }
    } catch (IOException unreadable) {
      return UNKNOWN;
    }
  }
}
