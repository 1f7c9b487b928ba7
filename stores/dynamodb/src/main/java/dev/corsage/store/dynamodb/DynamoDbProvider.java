package dev.corsage.store.dynamodb;

import dev.corsage.store.AllowListProvider;
import dev.corsage.store.EditableAllowList;
import dev.corsage.store.StoreReference;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Opens allow lists in DynamoDB: {@code dynamodb:TABLE[/LIST][?region=REGION&endpoint=URL]}.
 *
 * <p>The table has the partition key {@code list} and the sort key {@code origin}, both strings.
 * The number {@code expires}, where there is one, is in seconds since 1970 and can be the table's
 * TTL attribute. {@code LIST} is {@code default} unless it is given. Without the option the region
 * is that of {@code AWS_REGION}, {@code AWS_DEFAULT_REGION} or the profile, and the endpoint that
 * of {@code AWS_ENDPOINT_URL_DYNAMODB}, {@code AWS_ENDPOINT_URL} or the region. Credentials come
 * from the environment, the container (SnapStart uses that too) or the profile.
 */
public final class DynamoDbProvider implements AllowListProvider {

  /** Creates a provider. */
  public DynamoDbProvider() {}

  @Override
  public Set<String> schemes() {
    return Set.of(DynamoDbTarget.SCHEME);
  }

  @Override
  public EditableAllowList open(StoreReference reference, Map<String, String> environment) {
    return open(reference, environment, Clock.systemUTC());
  }

  static EditableAllowList open(
      StoreReference reference, Map<String, String> environment, Clock clock) {
    Map<String, String> variables = Map.copyOf(environment);
    DynamoDbTarget target = DynamoDbTarget.of(reference, variables);
    return new DynamoDbAllowList(target, new CredentialChain(variables, clock), clock);
  }

  @Override
  public List<String> check(StoreReference reference, Map<String, String> environment) {
    var unused = DynamoDbTarget.of(reference, environment);
    return List.of();
  }
}
