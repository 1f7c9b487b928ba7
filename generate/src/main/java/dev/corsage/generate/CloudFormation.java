package dev.corsage.generate;

import java.util.LinkedHashMap;
import java.util.Map;

/** The pieces that templates of CloudFormation are made of. */
final class CloudFormation {
  private CloudFormation() {}

  /** Returns a resource, to which attributes such as {@code DependsOn} can be added. */
  static Map<String, Object> resource(String type, Map<String, ?> properties) {
    Map<String, Object> resource = new LinkedHashMap<>();
    resource.put("Type", new Yaml.Raw(type));
    resource.put("Properties", properties);
    return resource;
  }

  /** Returns a name that begins with that of the stack, for resources that share names. */
  static Yaml.Raw named(String name) {
    return new Yaml.Raw("!Sub \"${AWS::StackName}-" + name + "\"");
  }
}
