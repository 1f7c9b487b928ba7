package example;

import dev.corsage.CorsDecider;
import dev.corsage.Decision;
import dev.corsage.HttpRequest;
import dev.corsage.Vary;
import jakarta.annotation.Priority;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** A provider: {@code application.register(new JaxRsExample(policy))}. */
@PreMatching
@Priority(0)
public record JaxRsExample(CorsDecider policy)
    implements ContainerRequestFilter, ContainerResponseFilter {
  private static final String DECISION = "corsage.decision";

  @Override
  public void filter(ContainerRequestContext request) {
    Decision decision = policy.decide(new View(request));
    request.setProperty(DECISION, decision);
    decision.status().ifPresent(status -> request.abortWith(Response.status(status).build()));
  }

  @Override
  public void filter(ContainerRequestContext request, ContainerResponseContext response) {
    Decision decision = (Decision) request.getProperty(DECISION);
    MultivaluedMap<String, Object> headers = response.getHeaders();
    List<String> vary = new ArrayList<>();
    headers.getOrDefault("Vary", List.of()).forEach(line -> vary.add(line.toString()));
    for (String name : Set.copyOf(headers.keySet())) {
      if (decision.replaces(name)) {
        headers.remove(name);
      }
    }
    decision.headers().forEach(headers::putSingle);
    vary.add(decision.headers().getOrDefault("Vary", ""));
    String merged = Vary.merge(vary);
    if (merged != null) {
      headers.putSingle("Vary", merged);
    }
  }

  private record View(ContainerRequestContext request) implements HttpRequest {
    @Override
    public String method() {
      return request.getMethod();
    }

    @Override
    public List<String> header(String name) {
      return request.getHeaders().getOrDefault(name, List.of());
    }

    @Override
    public String path() {
      return request.getUriInfo().getRequestUri().getRawPath();
    }
  }
}
