package dev.corsage.runtime;

import com.amazonaws.services.lambda.runtime.Client;
import com.amazonaws.services.lambda.runtime.ClientContext;
import com.amazonaws.services.lambda.runtime.CognitoIdentity;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a caller says of itself that calls the function directly, as mobile clients do: its context
 * and its identity, each a JSON object in a header. Requests through an API have neither, so this
 * class is loaded, and the JSON is read, only where a handler asks for one that came.
 */
final class MobileClient implements ClientContext, Client {
  private static final JsonFactory JSON = new JsonFactory();

  private final Map<String, String> client;
  private final Map<String, String> custom;
  private final Map<String, String> environment;

  private MobileClient(Map<String, Object> context) {
    client = strings(context.get("client"));
    custom = strings(context.get("custom"));
    environment = strings(context.get("env"));
  }

  /**
   * Returns the context in a header.
   *
   * @throws IllegalArgumentException if it is no JSON object
   */
  static ClientContext context(String header) {
    return new MobileClient(read("Lambda-Runtime-Client-Context", header));
  }

  /**
   * Returns the identity in a header.
   *
   * @throws IllegalArgumentException if it is no JSON object
   */
  static CognitoIdentity identity(String header) {
    Map<String, String> identity = strings(read("Lambda-Runtime-Cognito-Identity", header));
    return new CognitoIdentity() {
      @Override
      public String getIdentityId() {
        return identity.get("cognitoIdentityId");
      }

      @Override
      public String getIdentityPoolId() {
        return identity.get("cognitoIdentityPoolId");
      }
    };
  }

  @Override
  public Client getClient() {
    return client == null ? null : this;
  }

  @Override
  public Map<String, String> getCustom() {
    return custom;
  }

  @Override
  public Map<String, String> getEnvironment() {
    return environment;
  }

  @Override
  public String getInstallationId() {
    return client.get("installation_id");
  }

  @Override
  public String getAppTitle() {
    return client.get("app_title");
  }

  @Override
  public String getAppVersionName() {
    return client.get("app_version_name");
  }

  @Override
  public String getAppVersionCode() {
    return client.get("app_version_code");
  }

  @Override
  public String getAppPackageName() {
    return client.get("app_package_name");
  }

  private static Map<String, Object> read(String name, String header) {
    // The connection reads each byte of a header as one character.
    byte[] bytes = header.getBytes(StandardCharsets.ISO_8859_1);
    try (JsonParser in = JSON.createParser(bytes)) {
      if (in.nextToken() == JsonToken.START_OBJECT) {
        Map<String, Object> object = readObject(in);
        if (in.nextToken() == null) {
          return object;
        }
      }
    } catch (IOException malformed) {
      throw new IllegalArgumentException(name + " is no JSON object", malformed);
    }
    throw new IllegalArgumentException(name + " is no JSON object");
  }

  private static Map<String, Object> readObject(JsonParser in) throws IOException {
    Map<String, Object> object = new LinkedHashMap<>();
    while (in.nextToken() == JsonToken.FIELD_NAME) {
      String key = in.currentName();
      JsonToken token = in.nextToken();
      if (token == JsonToken.START_OBJECT) {
        object.put(key, readObject(in));
      } else if (token == JsonToken.START_ARRAY) {
        in.skipChildren();
      } else {
        object.put(key, in.getValueAsString());
      }
    }
    return object;
  }

  /** Returns what is text (or a number, or a truth) in an object; null if it is no object. */
  private static Map<String, String> strings(Object value) {
    if (!(value instanceof Map<?, ?> object)) {
      return null;
    }
    Map<String, String> strings = new LinkedHashMap<>();
    for (Map.Entry<?, ?> entry : object.entrySet()) {
      if (entry.getValue() instanceof String text) {
        strings.put((String) entry.getKey(), text);
      }
    }
    return strings;
  }
}
