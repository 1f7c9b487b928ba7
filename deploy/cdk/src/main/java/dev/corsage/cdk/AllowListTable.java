package dev.corsage.cdk;

import java.util.List;
import java.util.Map;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.services.dynamodb.Attribute;
import software.amazon.awscdk.services.dynamodb.AttributeType;
import software.amazon.awscdk.services.dynamodb.BillingMode;
import software.amazon.awscdk.services.dynamodb.ITable;
import software.amazon.awscdk.services.dynamodb.Table;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.constructs.Construct;

/**
 * A DynamoDB table with origins that may call an API beside those of the policy: the list {@code
 * origins} in it.
 */
public class AllowListTable extends Construct {
  private static final String LIST = "origins";

  private final Table table;

  /** Creates the table. It is deleted with its stack, as that of the templates is. */
  @SuppressWarnings("this-escape") // constructs are made with their parents
  public AllowListTable(Construct scope, String id) {
    super(scope, id);
    table =
        Table.Builder.create(this, "Table")
            .partitionKey(key("list"))
            .sortKey(key("origin"))
            .billingMode(BillingMode.PAY_PER_REQUEST)
            .timeToLiveAttribute("expires")
            .removalPolicy(RemovalPolicy.DESTROY)
            .build();
  }

  private static Attribute key(String name) {
    return Attribute.builder().name(name).type(AttributeType.STRING).build();
  }

  /** Returns the table. */
  public ITable table() {
    return table;
  }

  /** Returns the right to ask the list, and no other list of the table. */
  PolicyStatement reading() {
    return PolicyStatement.Builder.create()
        .actions(List.of("dynamodb:BatchGetItem"))
        .resources(List.of(table.getTableArn()))
        .conditions(
            Map.of("ForAllValues:StringEquals", Map.of("dynamodb:LeadingKeys", List.of(LIST))))
        .build();
  }

  /** Returns what the variable {@code ALLOW_LIST} says of it. */
  String reference() {
    return "dynamodb:" + table.getTableName() + "/" + LIST;
  }
}
