package dev.corsage.bench;

import dev.corsage.CorsPolicy;
import dev.corsage.bench.Case.Bench;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.TearDown;

/**
 * Decisions on origins that were decided on before, by a policy with a store or without; {@link
 * StoresRun} says which.
 */
public class StoresBenchmark extends BatchBenchmark {
  /** A list in a store. */
  @Param("")
  public String reference;

  /** Whether the policy asks it. */
  @Param("false")
  public boolean stored;

  /** The kind of request, as {@link Bench} writes it. */
  @Param("preflight-exact")
  public String bench;

  /** Whether it is allowed. */
  @Param("allowed")
  public String kind;

  /** The number of origins that are listed. */
  @Param("10")
  public int origins;

  /** The number of those that the policy has itself. */
  @Param("10")
  public int own;

  private CountingList list;
  private CorsageDecision measured;
  private long askedBefore;

  @Override
  int prepare() {
    Case asked = new Case(Bench.of(bench), kind, origins);
    List<AskedRequest> requests = new Workload(asked).requests();
    CountingList all = new CountingList(StoreKind.open(reference));
    if (stored) {
      list = all;
      measured = new CorsageDecision(StoreWorkload.policy(list, own));
    } else {
      // The compiler learns from a store which loops are worth while; let it learn that here, too.
      CorsPolicy other = StoreWorkload.policy(all, 0);
      requests.forEach(request -> StoreWorkload.isAllowed(other, request.origin()));
      measured = new CorsageDecision(StoreWorkload.policy(own));
    }
    measured.prepare(requests);
    VerdictCheck.check(measured, Subject.Name.CORSAGE_DECIDE, asked, VerdictCheck.ALL);
    checkThatEachIsAskedOnce(requests);
    return requests.size();
  }

  private void checkThatEachIsAskedOnce(List<AskedRequest> requests) {
    if (list == null) {
      return;
    }
    Set<String> different = new HashSet<>();
    requests.forEach(request -> different.add(request.origin()));
    askedBefore = own == 0 ? different.size() : 0;
    if (list.asked() != askedBefore) {
      throw new IllegalStateException(
          "The store was asked " + list.asked() + " times for " + askedBefore + " origins.");
    }
  }

  @Override
  void refresh(int request) {
    measured.refresh(request);
  }

  @Override
  Object respond(int request) {
    return measured.response(request);
  }

  /** Checks that the store was not asked again. */
  @TearDown
  public void checkThatNothingWasAsked() {
    if (list != null && list.asked() != askedBefore) {
      throw new IllegalStateException("The store was asked again for an origin that is cached.");
    }
  }
}
