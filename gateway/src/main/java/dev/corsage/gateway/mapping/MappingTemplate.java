package dev.corsage.gateway.mapping;

import java.io.StringReader;
import java.io.Writer;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.velocity.Template;
import org.apache.velocity.exception.VelocityException;
import org.apache.velocity.runtime.parser.ParseException;

/**
 * A mapping template of a REST API, ready to be evaluated. Immutable, and safe for use by many
 * threads.
 *
 * <pre>{@code
 * MappingTemplate template =
 *     MappingTemplate.compile("#set($context.responseOverride.status = 403)$input.body");
 * MappingResult result = template.evaluate(MappingInput.ofHeaders(Map.of("Origin", origin)));
 * result.overrides().responseHeaders();
 * }</pre>
 */
public final class MappingTemplate {
  /** API Gateway's quota, in bytes. */
  private static final int MAX_LENGTH = 300 * 1024;

  /** Velocity takes time that grows with the square of their number. */
  private static final String BACKSLASHES = "\\".repeat(101);

  private static final Duration TIMEOUT = Duration.ofSeconds(5);

  private final Template template;
  private final int length;
  private final Duration timeout;

  private MappingTemplate(Template template, int length, Duration timeout) {
    this.template = template;
    this.length = length;
    this.timeout = timeout;
  }

  /**
   * Returns a template.
   *
   * @param text as it is in the API; not null
   * @throws MappingException if it is malformed or too long, or has a directive that is not run
   *     here
   */
  public static MappingTemplate compile(String text) throws MappingException {
    return compile(text, TIMEOUT);
  }

  static MappingTemplate compile(String text, Duration timeout) throws MappingException {
    if (text.length() > MAX_LENGTH) {
      throw new MappingException("The template has more than 300 KB", null);
    }
    if (text.contains(BACKSLASHES)) {
      throw new MappingException("The template has more than 100 backslashes in a row", null);
    }
    Template template = new Template();
    template.setName("mapping template");
    try {
      TemplateParser parser = Engine.PARSER;
      template.setRuntimeServices(parser);
      template.setData(parser.parse(new StringReader(text), template));
      template.initDocument();
    } catch (ParseException | VelocityException | TemplateFault malformed) {
      throw failure("The template is malformed", malformed);
    } catch (StackOverflowError nested) {
      throw new MappingException("The template is nested too deeply", nested);
    }
    return new MappingTemplate(template, text.length(), timeout);
  }

  /**
   * Evaluates it.
   *
   * @throws MappingException if it fails, or needs more time or memory than it may; API Gateway
   *     responds with a 500
   */
  public MappingResult evaluate(MappingInput input) throws MappingException {
    Map<String, Object> context = lenientCopy(input.context());
    Map<List<String>, Map<String, Object>> overrides = input.overrides().addTo(context);
    Map<String, Object> variables = new LinkedHashMap<>();
    variables.put("input", new InputVariable(input));
    variables.put("context", context);
    variables.put("stageVariables", new LinkedHashMap<>(input.stageVariables()));
    variables.put("util", new UtilVariable());
    Output output = new Output();
    Budget.start(timeout.toNanos(), length);
    try {
      template.merge(new Variables(variables), output);
      return new MappingResult(output.text.toString(), Overrides.of(overrides));
    } catch (RuntimeException failed) {
      // Velocity's own, a fault, or what a method throws for unsuitable values.
      throw failure("The template failed", failed);
    } catch (StackOverflowError nested) {
      throw new MappingException("The template nests values too deeply", nested);
    } finally {
      Budget.end();
    }
  }

  private static Map<String, Object> lenientCopy(Map<String, Object> values) {
    Map<String, Object> copy = new LinkedHashMap<>();
    values.forEach(
        (name, value) ->
            copy.put(name, value instanceof Map<?, ?> map ? new LinkedHashMap<>(map) : value));
    return copy;
  }

  private static MappingException failure(String what, Throwable failed) {
    Throwable cause = failed;
    while (!(cause instanceof TemplateFault) && cause.getCause() != null) {
      cause = cause.getCause();
    }
    return new MappingException(what + ": " + cause.getMessage(), failed);
  }

  /** Velocity is set up when the first template is compiled. */
  private static final class Engine {
    static final TemplateParser PARSER = new TemplateParser();
  }

  /** What a template writes, with a bound. */
  private static final class Output extends Writer {
    private final StringBuilder text = new StringBuilder();

    @Override
    public void write(char[] buffer, int offset, int length) {
      Budget.text(length);
      if (text.length() + length > Budget.MAX_TEXT) {
        throw new TemplateFault("The output has more than 10 MB");
      }
      text.append(buffer, offset, length);
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }
}
