package dev.corsage.cdk.example;

import static dev.corsage.cdk.example.Tree.list;
import static dev.corsage.cdk.example.Tree.object;
import static dev.corsage.cdk.example.Tree.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.corsage.cdk.example.TerraformModule.Block;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the example of Terraform says, with the modules that it calls. */
final class TerraformFacts {
  private static final List<String> META = List.of("source", "count", "depends_on");
  private static final String HEADER = "gatewayresponse.header.";

  private final Facts facts = new Facts();
  private final TerraformModule root;

  private TerraformFacts(TerraformModule root) {
    this.root = root;
  }

  /**
   * Returns the facts.
   *
   * @param content of the module and of its folder {@code example}, by folder
   */
  static Map<String, String> of(
      Map<String, Object> content, Path module, Map<String, Object> variables) {
    Path example = module.resolve("example");
    TerraformFacts terraform =
        new TerraformFacts(
            new TerraformModule("", example, object(content.get(example.toString())), variables));
    terraform.addApi(terraform.root);
    terraform.addTable();
    for (Block call : terraform.root.calls()) {
      Map<String, Object> given = new LinkedHashMap<>();
      object(call.body()).keySet().stream()
          .filter(name -> !META.contains(name))
          .forEach(name -> given.put(name, call.get(name)));
      TerraformModule called =
          new TerraformModule(
              "module." + call.name(), module, object(content.get(module.toString())), given);
      terraform.addFunction(called);
      terraform.addApi(called);
    }
    return terraform.facts.all();
  }

  private void addFunction(TerraformModule module) {
    String name = function("<" + module.name() + ">");
    Block function = module.resources("aws_lambda_function").get(0);
    facts.add(name + " archive", Path.of(function.text("filename")).getFileName());
    facts.add(name + " handler", function.get("handler"));
    facts.add(name + " runtime", function.get("runtime"));
    facts.add(name + " memory", function.get("memory_size"));
    facts.add(name + " timeout", function.get("timeout"));
    facts.add(name + " architectures", function.get("architectures"));
    facts.add(name + " SnapStart", function.get("snap_start"));
    String concurrency = function.text("reserved_concurrent_executions");
    facts.add(name + " concurrency", "-1".equals(concurrency) ? null : concurrency);
    addOperations(name, module);
    object(function.get("environment", "variables"))
        .forEach(
            (variable, value) ->
                facts.add(
                    name + " " + variable,
                    String.valueOf(value).replaceAll("<:aws_dynamodb_table[^>]*>", "<table>")));
    Block log = module.resources("aws_cloudwatch_log_group").get(0);
    if (function
        .text("logging_config", "log_group")
        .contains("aws_cloudwatch_log_group." + log.name())) {
      facts.add(name + " log days", log.get("retention_in_days"));
    }
    addRole(name, module);
    for (Block url : module.resources("aws_lambda_function_url")) {
      facts.add("url", url.get("authorization_type"));
      facts.add("url CORS", url.get("cors"));
    }
  }

  private void addOperations(String name, TerraformModule module) {
    for (Block stack : module.resources("aws_cloudformation_stack")) {
      assertThat(stack.text("parameters", "FunctionName"))
          .isEqualTo("<" + module.name() + ":aws_lambda_function.function.function_name>");
      String log = stack.text("parameters", "LogGroup");
      boolean ownLog = log.equals("<" + module.name() + ":aws_cloudwatch_log_group.function.name>");
      facts.add(name + " alarms", Path.of(stack.text("template_body")).getFileName());
      facts.add(name + " alarms about", ownLog ? "its log" : log);
      for (String parameter : Facts.ALARM_PARAMETERS) {
        facts.add(name + " alarms " + parameter, stack.get("parameters", parameter));
      }
    }
  }

  private void addRole(String name, TerraformModule module) {
    Object trust = module.resources("aws_iam_role").get(0).get("assume_role_policy");
    facts.add(name + " assumed by", Tree.at(trust, "Statement", "Principal", "Service"));
    for (Block attached : module.resources("aws_iam_role_policy_attachment")) {
      facts.add(name + " managed policies", attached.get("policy_arn"));
    }
    for (Block policy : module.resources("aws_iam_role_policy")) {
      for (Object statement : list(Tree.at(policy.get("policy"), "Statement"))) {
        String resource = text(statement, "Resource");
        String of =
            resource.equals("<" + module.name() + ":aws_cloudwatch_log_group.function.arn>:*")
                ? "log"
                : resource.equals("<:aws_dynamodb_table.allow_list.arn>") ? "table" : resource;
        facts.include(
            name + " may",
            Tree.at(statement, "Action") + " on its " + of + FunctionFacts.condition(statement));
      }
    }
  }

  private void addTable() {
    for (Block table : root.resources("aws_dynamodb_table")) {
      facts.add("table billing", table.get("billing_mode"));
      facts.add("table time to live", table.get("ttl", "attribute_name"));
      facts.add("table HASH", table.get("hash_key"));
      facts.add("table RANGE", table.get("range_key"));
      for (Object attribute : list(table.get("attribute"))) {
        facts.add("table type of " + text(attribute, "name"), text(attribute, "type"));
      }
    }
  }

  private void addApi(TerraformModule module) {
    for (Block api : module.resources("aws_apigatewayv2_api")) {
      facts.add("api CORS", api.get("cors_configuration"));
    }
    for (Block stage : module.resources("aws_apigatewayv2_stage")) {
      facts.add("api", "HTTP, stage " + stage.get("name"));
      for (Object settings : list(stage.get("route_settings"))) {
        facts.add("limit of " + text(settings, "route_key"), limit(settings));
      }
    }
    for (Block route : module.resources("aws_apigatewayv2_route")) {
      Block integration =
          find(module.resources("aws_apigatewayv2_integration"), route.text("target"));
      facts.add(
          "route " + route.get("route_key"),
          function(caller(module, integration.text("integration_uri")))
              + " payload "
              + integration.get("payload_format_version")
              + ", authorizer "
              + route.get("authorization_type")
              + (route.get("authorizer_id") == null ? "" : " " + route.get("authorizer_id")));
    }
    addRestApi(module);
    for (Block permission : module.resources("aws_lambda_permission")) {
      String principal = permission.text("principal");
      String by = Boolean.TRUE.equals(permission.get("invoked_via_function_url")) ? " by URL" : "";
      facts.include(
          function(caller(module, permission.text("function_name"))) + " called by",
          principal.equals("*") ? "* " + permission.get("action") + by : principal);
    }
  }

  private void addRestApi(TerraformModule module) {
    for (Block api : module.resources("aws_api_gateway_rest_api")) {
      facts.add("api endpoint", list(api.get("endpoint_configuration", "types")).get(0));
    }
    for (Block stage : module.resources("aws_api_gateway_stage")) {
      facts.add("api", "REST, stage " + stage.get("stage_name"));
    }
    for (Block method : module.resources("aws_api_gateway_method_settings")) {
      String path = method.text("method_path").replaceFirst("^~1", "");
      int slash = path.lastIndexOf('/');
      facts.add(
          "limit of " + path.substring(slash + 1) + " /" + path.substring(0, slash),
          limit(list(method.get("settings")).get(0)));
    }
    for (Block method : module.resources("aws_api_gateway_method")) {
      Block integration =
          module.resources("aws_api_gateway_integration").stream()
              .filter(candidate -> candidate.text("resource_id").equals(method.text("resource_id")))
              .findFirst()
              .orElseThrow();
      Object key = method.get("api_key_required");
      facts.add(
          "route " + method.get("http_method") + " " + path(method.text("resource_id")),
          function(caller(module, integration.text("uri")))
              + " "
              + integration.get("type")
              + ", authorizer "
              + method.get("authorization")
              + (method.get("authorizer_id") == null ? "" : " " + method.get("authorizer_id"))
              + ", key "
              + (key == null ? "false" : key));
    }
    for (Block response : module.resources("aws_api_gateway_gateway_response")) {
      object(response.get("response_parameters"))
          .forEach(
              (name, value) ->
                  facts.add(response.get("response_type") + " " + name.replace(HEADER, ""), value));
    }
  }

  private static String limit(Object settings) {
    return text(settings, "throttling_rate_limit") + " " + text(settings, "throttling_burst_limit");
  }

  private static Block find(List<Block> blocks, String reference) {
    return blocks.stream()
        .filter(block -> reference.contains("." + block.name() + "."))
        .findFirst()
        .orElseThrow();
  }

  /** The examples have one level of resources. */
  private String path(String resource) {
    if (resource.endsWith(".root_resource_id>")) {
      return "/";
    }
    return "/" + find(root.resources("aws_api_gateway_resource"), resource).get("path_part");
  }

  /** A module speaks of its own function, the root of that of a module. */
  private static String caller(TerraformModule module, String reference) {
    return module.name().isEmpty() ? reference.replace("<:", "<") : "<" + module.name() + ">";
  }

  private static String function(String reference) {
    return reference.replaceAll("<module\\.([a-z]+).*", "$1");
  }
}
