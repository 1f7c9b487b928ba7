package dev.corsage.cdk.example;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import software.amazon.awscdk.App;
import software.amazon.awscdk.AppProps;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.assertions.Template;
import software.amazon.awscdk.cloudformation.include.CfnInclude;

/** The stacks of each tool. */
final class Stacks {
  static final Path DEPLOY = Path.of(System.getProperty("corsage.root"), "deploy").normalize();

  private Stacks() {}

  /** Returns a template of SAM as the CDK reads it, which knows the types of its properties. */
  static Map<String, Object> sam(Path file) {
    Stack stack = new Stack(new App(), "Sam");
    try {
      // DemoUrl is one of the resources that SAM's transform makes; the CDK looks for it in vain.
      Path known = Files.createTempFile("sam", ".yaml");
      Files.writeString(known, read(file).replace("!GetAtt DemoUrl.", "!GetAtt Demo."));
      CfnInclude.Builder.create(stack, "Template").templateFile(known.toString()).build();
      Files.delete(known);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
    return Tree.object(Template.fromStack(stack).toJSON());
  }

  /** Returns the templates that the example of the CDK makes, by the names of the stacks. */
  static Map<String, Map<String, Object>> cdk(Path folder, Map<String, String> parameters) {
    Map<String, Object> context = new HashMap<>();
    parameters.forEach((name, value) -> context.put(inCdk(name), value));
    App app =
        new App(
            AppProps.builder().context(context).outdir(folder.resolve("out").toString()).build());
    ExampleApp.addTo(app, archives(folder));
    Map<String, Map<String, Object>> templates = new HashMap<>();
    app.synth()
        .getStacks()
        .forEach(
            stack ->
                templates.put(
                    stack.getStackName(), Tree.parse(read(Path.of(stack.getTemplateFullPath())))));
    return templates;
  }

  /** The archives are their own names: an asset is found by what it contains. */
  private static Path archives(Path folder) {
    try {
      for (String archive : new String[] {"corsage-lambda.zip", "corsage-demo.zip"}) {
        Files.writeString(folder.resolve(archive), archive);
      }
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
    return folder;
  }

  /** Returns the name of the archive that a function's code is. */
  static String archive(Path folder, Map<String, Object> code) {
    return read(folder.resolve("out/asset." + code.get("S3Key")));
  }

  /** Returns the name of the template of ours that is at a URL of an asset. */
  static String template(Path folder, String url) {
    String asset = url.substring(url.lastIndexOf('/') + 1);
    return read(folder.resolve("out/asset." + asset))
            .equals(read(DEPLOY.resolve("operations.yaml")))
        ? "operations.yaml"
        : asset;
  }

  static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** Returns a parameter's name in the CDK's context. */
  static String inCdk(String name) {
    return Character.toLowerCase(name.charAt(0)) + name.substring(1);
  }

  /** Returns a parameter's name among Terraform's variables. */
  static String inTerraform(String name) {
    return inCdk(name.replace("DynamoDb", "Dynamodb"))
        .replaceAll("([A-Z])", "_$1")
        .toLowerCase(java.util.Locale.ROOT);
  }
}
