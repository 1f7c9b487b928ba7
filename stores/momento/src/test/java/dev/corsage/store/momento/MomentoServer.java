package dev.corsage.store.momento;

import com.google.protobuf.ByteString;
import dev.corsage.store.StoreException;
import dev.corsage.store.StoreReference;
import grpc.cache_client.ECacheResult;
import grpc.cache_client.ScsGrpc;
import grpc.cache_client._DictionaryDeleteRequest;
import grpc.cache_client._DictionaryDeleteResponse;
import grpc.cache_client._DictionaryFetchRequest;
import grpc.cache_client._DictionaryFetchResponse;
import grpc.cache_client._DictionaryFieldValuePair;
import grpc.cache_client._DictionaryGetRequest;
import grpc.cache_client._DictionaryGetResponse;
import grpc.cache_client._DictionarySetRequest;
import grpc.cache_client._DictionarySetResponse;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;

/**
 * What of Momento's published protocol a list needs, spoken over the wire on a loopback port:
 * dictionaries in one cache, for one API key.
 *
 * <p>Not everything that Momento does is published. A missing cache, a wrong key and too many
 * requests are answered here with the status that Momento's client maps to these errors.
 */
final class MomentoServer implements AutoCloseable {
  static final String CACHE = "origins";
  static final String SECRET = "S3CRET";

  private static final Metadata.Key<String> CACHE_HEADER = ascii("cache");
  private static final Metadata.Key<String> KEY_HEADER = ascii("authorization");

  private final Map<String, Map<String, String>> dictionaries = new ConcurrentHashMap<>();
  private final List<String> calls = new CopyOnWriteArrayList<>();
  private final List<StreamObserver<?>> unanswered = new CopyOnWriteArrayList<>();
  private volatile Status failure;
  private volatile boolean hanging;
  private volatile long ttl;
  private int port;
  private Server server;

  static MomentoServer start() throws IOException {
    MomentoServer server = new MomentoServer();
    server.restart();
    server.warmUp();
    return server;
  }

  /**
   * Lets a client load its classes: on a busy machine the first question of a JVM takes longer than
   * the second that the client waits.
   */
  private void warmUp() {
    try (MomentoAllowList list = open()) {
      boolean answered = false;
      for (int i = 0; i < 30 && !answered; i++) {
        try {
          list.find(List.of("https://corsage.invalid"));
          answered = true;
        } catch (StoreException e) {
          answered = e.kind() == StoreException.Kind.NOT_FOUND;
        }
      }
    }
    calls.clear();
  }

  /** Starts a server that speaks TLS. */
  static MomentoServer start(File certificate, File key) throws IOException {
    MomentoServer server = new MomentoServer();
    server.start(builder -> builder.useTransportSecurity(certificate, key));
    return server;
  }

  void restart() throws IOException {
    start(builder -> builder);
  }

  private void start(UnaryOperator<NettyServerBuilder> more) throws IOException {
    NettyServerBuilder builder =
        NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))
            .addService(new Scs())
            .intercept(new Door());
    server = more.apply(builder).build().start();
    port = server.getPort();
  }

  /** Returns a key in the form that Momento's console gives out. */
  static String key(String secret) {
    String json = "{\"endpoint\":\"cell.example.com\",\"api_key\":\"" + secret + "\"}";
    return Base64.getEncoder().encodeToString(json.getBytes(StandardCharsets.UTF_8));
  }

  String reference(String cacheAndList) {
    return "momento:" + cacheAndList + "?endpoint=http://127.0.0.1:" + port;
  }

  MomentoAllowList open(String cacheAndList, String secret) {
    return (MomentoAllowList)
        new MomentoProvider()
            .open(
                StoreReference.parse(reference(cacheAndList)),
                Map.of("MOMENTO_API_KEY", key(secret)));
  }

  int port() {
    return port;
  }

  MomentoAllowList open() {
    return open(CACHE + "/shop", SECRET);
  }

  /** Answers everything with this from now on; null for what is asked for. */
  void fail(Status status) {
    failure = status;
  }

  /** Answers nothing from now on. */
  void hang(boolean yes) {
    hanging = yes;
  }

  /** Returns the dictionary of the list {@code shop} as it is kept; null if it is not. */
  Map<String, String> shop() {
    return dictionaries.get("corsage:shop");
  }

  /** Puts a field into it, as somebody else might. */
  void put(String field, String value) {
    put("shop", field, value);
  }

  void put(String list, String field, String value) {
    dictionary("corsage:" + list).put(field, value);
  }

  /** Forgets everything, as Momento does after a day. */
  void forget() {
    dictionaries.clear();
  }

  List<String> calls() {
    return calls;
  }

  /** Returns the time to live of the last write, in milliseconds. */
  long ttl() {
    return ttl;
  }

  void stop() {
    server.shutdownNow();
    try {
      server.awaitTermination();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() {
    stop();
  }

  private Map<String, String> dictionary(String name) {
    return dictionaries.computeIfAbsent(name, ignored -> new ConcurrentSkipListMap<>());
  }

  private static Metadata.Key<String> ascii(String name) {
    return Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER);
  }

  /** Lets in who has the key, to the one cache there is. */
  private final class Door implements ServerInterceptor {
    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(
        ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
      calls.add(call.getMethodDescriptor().getBareMethodName());
      Status status = null;
      if (!SECRET.equals(headers.get(KEY_HEADER))) {
        status = Status.UNAUTHENTICATED.withDescription("Invalid key: " + headers.get(KEY_HEADER));
      } else if (!CACHE.equals(headers.get(CACHE_HEADER))) {
        status = Status.NOT_FOUND.withDescription("Cache not found");
      } else if (failure != null) {
        status = failure;
      }
      if (status != null) {
        call.close(status, new Metadata());
        return new ServerCall.Listener<>() {};
      }
      return next.startCall(call, headers);
    }
  }

  private final class Scs extends ScsGrpc.ScsImplBase {
    @Override
    public void dictionaryGet(
        _DictionaryGetRequest request, StreamObserver<_DictionaryGetResponse> answer) {
      Map<String, String> fields = dictionaries.get(request.getDictionaryName().toStringUtf8());
      _DictionaryGetResponse.Builder response = _DictionaryGetResponse.newBuilder();
      if (fields == null) {
        response.setMissing(_DictionaryGetResponse._Missing.getDefaultInstance());
      } else {
        _DictionaryGetResponse._Found.Builder found = _DictionaryGetResponse._Found.newBuilder();
        for (ByteString field : request.getFieldsList()) {
          String value = fields.get(field.toStringUtf8());
          found.addItems(
              _DictionaryGetResponse._DictionaryGetResponsePart.newBuilder()
                  .setResult(value == null ? ECacheResult.Miss : ECacheResult.Hit)
                  .setCacheBody(ByteString.copyFromUtf8(value == null ? "" : value)));
        }
        response.setFound(found);
      }
      answer(answer, response.build());
    }

    @Override
    public void dictionaryFetch(
        _DictionaryFetchRequest request, StreamObserver<_DictionaryFetchResponse> answer) {
      Map<String, String> fields = dictionaries.get(request.getDictionaryName().toStringUtf8());
      _DictionaryFetchResponse.Builder response = _DictionaryFetchResponse.newBuilder();
      if (fields == null) {
        response.setMissing(_DictionaryFetchResponse._Missing.getDefaultInstance());
      } else {
        _DictionaryFetchResponse._Found.Builder found =
            _DictionaryFetchResponse._Found.newBuilder();
        fields.forEach(
            (field, value) ->
                found.addItems(
                    _DictionaryFieldValuePair.newBuilder()
                        .setField(ByteString.copyFromUtf8(field))
                        .setValue(ByteString.copyFromUtf8(value))));
        response.setFound(found);
      }
      answer(answer, response.build());
    }

    @Override
    public void dictionarySet(
        _DictionarySetRequest request, StreamObserver<_DictionarySetResponse> answer) {
      Map<String, String> fields = dictionary(request.getDictionaryName().toStringUtf8());
      request
          .getItemsList()
          .forEach(i -> fields.put(i.getField().toStringUtf8(), i.getValue().toStringUtf8()));
      ttl = request.getRefreshTtl() ? request.getTtlMilliseconds() : -1;
      answer(answer, _DictionarySetResponse.getDefaultInstance());
    }

    @Override
    public void dictionaryDelete(
        _DictionaryDeleteRequest request, StreamObserver<_DictionaryDeleteResponse> answer) {
      String name = request.getDictionaryName().toStringUtf8();
      Map<String, String> fields = dictionary(name);
      request.getSome().getFieldsList().forEach(field -> fields.remove(field.toStringUtf8()));
      if (fields.isEmpty()) {
        dictionaries.remove(name);
      }
      answer(answer, _DictionaryDeleteResponse.getDefaultInstance());
    }

    private <T> void answer(StreamObserver<T> answer, T response) {
      if (hanging) {
        unanswered.add(answer);
        return;
      }
      try {
        answer.onNext(response);
        answer.onCompleted();
      } catch (StatusRuntimeException e) {
        // Who asked has gone.
      }
    }
  }
}
