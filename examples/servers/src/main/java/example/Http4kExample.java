package example;

import dev.corsage.CorsDecider;
import dev.corsage.Decision;
import dev.corsage.HttpRequest;
import dev.corsage.Vary;
import java.util.ArrayList;
import java.util.List;
import kotlin.Pair;
import kotlin.jvm.functions.Function1;
import org.http4k.core.Filter;
import org.http4k.core.Request;
import org.http4k.core.Response;
import org.http4k.core.Status;

/** A filter: {@code new Http4kExample(policy).then(routes)}. */
public record Http4kExample(CorsDecider policy) implements Filter {
  @Override
  public Function1<Request, Response> invoke(Function1<? super Request, ? extends Response> next) {
    return request -> {
      Decision decision = policy.decide(new View(request));
      Response response =
          decision.status().isPresent()
              ? Response.create(new Status(decision.status().getAsInt(), ""))
              : next.invoke(request);
      return complete(response, decision);
    };
  }

  private static Response complete(Response response, Decision decision) {
    List<String> vary = new ArrayList<>(response.headerValues("Vary"));
    Response completed = response.removeHeader("Vary");
    for (Pair<String, String> header : response.getHeaders()) {
      if (decision.replaces(header.getFirst())) {
        completed = completed.removeHeader(header.getFirst());
      }
    }
    for (var header : decision.headers().entrySet()) {
      completed = completed.replaceHeader(header.getKey(), header.getValue());
    }
    vary.add(decision.headers().getOrDefault("Vary", ""));
    String merged = Vary.merge(vary);
    return merged == null ? completed : completed.replaceHeader("Vary", merged);
  }

  private record View(Request request) implements HttpRequest {
    @Override
    public String method() {
      return request.getMethod().name();
    }

    @Override
    public List<String> header(String name) {
      return request.headerValues(name);
    }

    @Override
    public String path() {
      return request.getUri().getPath();
    }
  }
}
