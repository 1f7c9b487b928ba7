package dev.corsage.store.dynamodb;

import dev.corsage.store.AllowListProvider;
import dev.corsage.store.EditableAllowList;
import dev.corsage.store.StoreReference;
import java.time.Clock;
import java.util.Map;
import java.util.Set;

/**
 * Opens allow lists in DynamoDB: {@code dynamodb:TABLE[/LIST][?region=REGION&endpoint=URL]}.
 *
 * <p>The table has the partition key {@code list} and the sort key {@code origin}, both strings;
 * the number {@code expires}, where there is one, is in seconds since 1970 and may be the table's
 * time to live. {@code LIST} is {@code default} unless it is given. The region is else that of
 * {@code AWS_REGION}, {@code AWS_DEFAULT_REGION} or the profile; the endpoint that of {@code
 * AWS_ENDPOINT_URL_DYNAMODB}, {@code AWS_ENDPOINT_URL} or the region's. Credentials are those of
 * the environment, of the container (which SnapStart uses too) or of the profile.
 *
 * <p>Immutable and safe for use by many threads.
 */
public final class DynamoDbAllowLists implements AllowListProvider {

  /** Creates a provider. */
  public DynamoDbAllowLists() {}

  @Override
  public Set<String> schemes() {
    return Set.of(Reference.SCHEME);
  }

  @Override
  public EditableAllowList open(StoreReference reference, Map<String, String> environment) {
    return open(reference, environment, Clock.systemUTC());
  }

  static EditableAllowList open(
      StoreReference reference, Map<String, String> environment, Clock clock) {
    Map<String, String> variables = Map.copyOf(environment);
    Reference parsed = Reference.parse(written(reference), variables);
    Requests requests = new Requests(parsed, new CredentialChain(variables, clock), clock);
    return new DynamoDbAllowList(parsed, requests, clock);
  }

  private static String written(StoreReference reference) {
    StringBuilder text = new StringBuilder(reference.scheme() + ":" + reference.target());
    char separator = '?';
    for (Map.Entry<String, String> option : reference.options().entrySet()) {
      text.append(separator).append(option.getKey()).append('=').append(option.getValue());
      separator = '&';
    }
    return text.toString();
  }
}
