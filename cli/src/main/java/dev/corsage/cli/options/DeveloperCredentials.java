package dev.corsage.cli.origins;

import dev.corsage.cli.terminal.Terminal;
import dev.corsage.store.Secrets;
import dev.corsage.store.StoreReference;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.ProfileCredentialsProvider;
import software.amazon.awssdk.auth.credentials.WebIdentityTokenFileCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.profiles.ProfileFile;

/**
 * The credentials of a person who has more than keys in the environment or a profile: single
 * sign-on, assumed roles, a web identity, a process. The AWS SDK finds them, and the store gets
 * them as it would in a function, where it looks into the environment alone.
 */
final class DeveloperCredentials {
  private static final String KEY = "AWS_ACCESS_KEY_ID";

  /** With these the store finds credentials by itself. */
  private static final Set<String> OWN =
      Set.of(KEY, "AWS_CONTAINER_CREDENTIALS_FULL_URI", "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI");

  private static final String WEB_IDENTITY = "AWS_WEB_IDENTITY_TOKEN_FILE";

  private DeveloperCredentials() {}

  /**
   * Returns the environment with credentials for the store of a list; as it is where the store
   * needs none, or finds its own. That of a profile has to be the process's own: the SDK reads
   * that.
   *
   * @param note takes why there are no credentials, safe to print
   */
  static Map<String, String> with(
      Map<String, String> environment, StoreReference reference, Consumer<String> note) {
    if (!reference.scheme().equals("dynamodb")
        || environment.keySet().stream().anyMatch(OWN::contains)
        || !(environment.containsKey(WEB_IDENTITY) || hasProfile(environment))) {
      return environment;
    }
    // Not the metadata of EC2: where there is none, to ask takes seconds.
    try {
      AwsCredentialsProvider provider =
          environment.containsKey(WEB_IDENTITY)
              ? WebIdentityTokenFileCredentialsProvider.create()
              : ProfileCredentialsProvider.create();
      AwsCredentials found = provider.resolveCredentials();
      Map<String, String> all = new HashMap<>(environment);
      all.put(KEY, found.accessKeyId());
      all.put("AWS_SECRET_ACCESS_KEY", found.secretAccessKey());
      if (found instanceof AwsSessionCredentials temporary) {
        all.put("AWS_SESSION_TOKEN", temporary.sessionToken());
      }
      return all;
    } catch (SdkException none) {
      note.accept(
          "no AWS credentials were found: "
              + Terminal.sentence(Secrets.maskedIn(String.valueOf(none.getMessage()))));
      return environment;
    }
  }

  /** Tells whether there is a profile that needs the SDK: one without keys, or with a role. */
  private static boolean hasProfile(Map<String, String> environment) {
    try {
      return ProfileFile.defaultProfileFile()
          .profile(environment.getOrDefault("AWS_PROFILE", "default"))
          .map(profile -> profile.properties().keySet())
          .filter(
              names ->
                  names.contains("role_arn")
                      || names.contains("sso_session")
                      || names.contains("sso_start_url")
                      || names.contains("credential_process")
                      || names.contains("login_session"))
          .isPresent();
    } catch (SdkException | IllegalArgumentException malformed) {
      // The store reads the files, too, and says what is wrong with them.
      return false;
    }
  }
}
