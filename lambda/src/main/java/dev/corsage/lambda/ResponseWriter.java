package dev.corsage.lambda;

import java.util.List;
import java.util.Map;

/** Writes responses as JSON, in the shape that the invoker wants. */
final class ResponseWriter {
  private ResponseWriter() {}

  /** Returns a response of Corsage's own. */
  static JsonBuffer write(EventShape shape, OwnResponse response) {
    JsonBuffer json = new JsonBuffer(JsonBuffer.USUAL);
    json.ascii("{\"statusCode\":").ascii(Integer.toString(response.status()));
    if (shape.hasStatusDescription()) {
      json.field("statusDescription").string(EventShape.statusDescription(response.status()));
    }
    if (shape.hasOnlyMultiValueHeaders()) {
      json.field("multiValueHeaders").lists(response.multiValueHeaders());
    } else {
      json.field("headers").object(response.headers());
    }
    json.field("body").string(response.body());
    return json.ascii(",\"isBase64Encoded\":false}");
  }

  /** Writes the headers of a handler's response, as the last fields of a JSON object. */
  static void writeHeaders(JsonBuffer json, ResponseHeaders headers) {
    Map<String, String> single = headers.single();
    if (single != null) {
      json.field("headers").object(single);
    }
    Map<String, List<String>> multiple = headers.multiple();
    if (multiple != null) {
      json.field("multiValueHeaders").lists(multiple);
    }
    if (!headers.cookies().isEmpty()) {
      json.field("cookies").strings(headers.cookies());
    }
  }
}
