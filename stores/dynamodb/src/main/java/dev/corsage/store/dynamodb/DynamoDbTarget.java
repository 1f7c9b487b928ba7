package dev.corsage.store.dynamodb;

import dev.corsage.store.AwsLocation;
import dev.corsage.store.StoreReference;
import java.net.URI;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The list that a reference names: {@code dynamodb:TABLE[/LIST][?region=REGION&endpoint=URL]},
 * completed by the variables and files that AWS's own tools read.
 *
 * @param table the table's name
 * @param list the value of its partition key
 * @param region the region that requests are signed for
 * @param endpoint scheme, host and port
 */
record DynamoDbTarget(String table, String list, String region, URI endpoint) {
  static final String SCHEME = "dynamodb";

  /**
   * See <a
   * href="https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_CreateTable.html">CreateTable</a>.
   */
  private static final Pattern TABLE = Pattern.compile("[A-Za-z0-9_.-]{3,255}");

  static DynamoDbTarget of(StoreReference reference, Map<String, String> environment) {
    reference.checkOptions("region=eu-west-1", "endpoint=http://127.0.0.1:8000");
    String target = reference.target();
    int slash = target.indexOf('/');
    String table = slash < 0 ? target : target.substring(0, slash);
    if (!TABLE.matcher(table).matches()) {
      throw reference.malformed(
          "the table's name \""
              + reference.shown(table)
              + "\" is not 3 to 255 letters, digits, '_', '-' and '.'",
          "dynamodb:TABLE/LIST, such as dynamodb:origins/shop");
    }
    String list = reference.listName(slash < 0 ? null : target.substring(slash + 1));
    String region = AwsLocation.region(reference, environment);
    AwsLocation location =
        AwsLocation.of(
            reference,
            region != null ? region : ProfileFiles.of(environment).get("region"),
            environment,
            "DYNAMODB");
    URI endpoint = location.endpoint();
    return new DynamoDbTarget(
        table,
        list,
        location.region(),
        endpoint != null ? endpoint : endpoint(reference, location.region()));
  }

  /**
   * Returns the endpoint of a region, by the domain of its partition (<a
   * href="https://docs.aws.amazon.com/general/latest/gr/ddb.html">endpoints</a>).
   */
  private static URI endpoint(StoreReference reference, String region) {
    if (region.startsWith("us-iso") || region.startsWith("eu-iso")) {
      throw reference.malformed(
          "the domain of the region " + region + " is not public",
          "its endpoint too, &endpoint=https://HOST");
    }
    String domain =
        region.startsWith("cn-")
            ? "amazonaws.com.cn"
            : region.startsWith("eusc-") ? "amazonaws.eu" : "amazonaws.com";
    return URI.create("https://dynamodb." + region + "." + domain);
  }

  /** Returns the value of the {@code Host} header. */
  String host() {
    return endpoint.getRawAuthority();
  }

  /** Names the table for messages. */
  @Override
  public String toString() {
    return "the table " + table + " of DynamoDB in " + region + " (" + host() + ")";
  }
}
