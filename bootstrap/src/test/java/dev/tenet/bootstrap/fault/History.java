package dev.tenet.bootstrap.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/// All that the clients of one test asked for and were answered, kept outside of the servers, and what must hold of it
/// whatever failed meanwhile. Moments are `System.nanoTime()` of this process.
final class History {

  /// What a request is for.
  enum Kind {
    CHANGE,
    READ,
    EVALUATE
  }

  /// One request and its answer.
  ///
  /// @param node a name for one server process
  /// @param minRevision what an evaluation asked for, or 0
  /// @param status 0 when the connection was lost
  /// @param revision what the answer says, or 0 when it says none
  /// @param replayed whether the answer is an earlier one's
  /// @param number what the tenant's marker rule put out, or -1 when there was no decision
  record Answer(
      String node,
      String tenant,
      Kind kind,
      long minRevision,
      int status,
      long revision,
      boolean replayed,
      long number,
      long start,
      long end) {

    boolean succeeded() {
      return status >= 200 && status < 300;
    }
  }

  /// A change that was asked for under one key, once or several times.
  ///
  /// @param tenant empty when it was to be created
  /// @param words says what the change is, as [StoredTenants] says it of a journal entry
  /// @param outcome its revision, 0 when the answer names none; empty when the client gave up before it was answered
  record Request(String key, String tenant, String words, Optional<Long> outcome) {}

  /// More than anybody waits for.
  private static final int ENOUGH = 1_000;

  private final Queue<Answer> answers = new ConcurrentLinkedQueue<>();
  private final Map<String, Request> requests = new ConcurrentHashMap<>();
  private final Map<String, Long> revisions = new ConcurrentHashMap<>();
  private final Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
  private final Semaphore acknowledged = new Semaphore(0);

  void add(Answer answer) {
    answers.add(answer);
  }

  void settled(Request request) {
    requests.put(request.key(), request);
    if (request.outcome().isPresent()) {
      revisions.merge(request.tenant(), request.outcome().get(), Math::max);
      acknowledged.release();
    }
  }

  /// Something that must not happen has happened to a client.
  void failed(Throwable failure) {
    failures.add(failure);
    acknowledged.release(ENOUGH);
  }

  Map<String, Request> requests() {
    return requests;
  }

  /// {@return the highest revision of the tenant that was acknowledged so far, or 0}
  long revision(String tenant) {
    return revisions.getOrDefault(tenant, 0L);
  }

  /// Waits until so many more changes have been acknowledged.
  void awaitAcknowledged(int changes) throws InterruptedException {
    acknowledged.drainPermits();
    acknowledged.acquire(changes);
    assertNothingFailed();
  }

  void assertNothingFailed() {
    assertThat(failures).isEmpty();
  }

  List<Answer> answers(Predicate<Answer> condition) {
    return answers.stream().filter(condition).toList();
  }

  /// Checks what holds between any two answers, and of each by itself.
  void assertConsistent() {
    assertNothingFailed();
    assertThat(answers(a -> a.kind() == Kind.EVALUATE && a.succeeded()))
        .as("decisions are never older than minRevision")
        .isNotEmpty()
        .allMatch(answer -> answer.revision() >= answer.minRevision());
    grouped(answer -> answer.tenant(), answers(Answer::succeeded))
        .forEach(
            ofTenant -> {
              List<Answer> changes = only(ofTenant, a -> a.kind() == Kind.CHANGE);
              assertAbove(
                  "a change comes after all that anyone had seen before it was asked for",
                  ofTenant,
                  only(changes, a -> !a.replayed() && a.revision() > 0),
                  1);
              assertAbove(
                  "a read sees all that was acknowledged to anyone before it began",
                  changes,
                  only(ofTenant, a -> a.kind() == Kind.READ),
                  0);
            });
    grouped(answer -> List.of(answer.node(), answer.tenant()), answers(Answer::succeeded))
        .forEach(
            ofNode ->
                assertAbove(
                    "a node decides by no older revision than it has decided by or acknowledged",
                    only(ofNode, a -> a.kind() != Kind.READ),
                    only(ofNode, a -> a.kind() == Kind.EVALUATE),
                    0));
  }

  private static Collection<List<Answer>> grouped(
      Function<Answer, Object> group, List<Answer> answers) {
    return answers.stream().collect(Collectors.groupingBy(group)).values();
  }

  private static List<Answer> only(List<Answer> answers, Predicate<Answer> condition) {
    return answers.stream().filter(condition).toList();
  }

  /// Checks that each answer's revision is higher, by at least `distance`, than that of each earlier one: those that had
  /// arrived before it was asked for.
  private static void assertAbove(
      String promise, List<Answer> earlier, List<Answer> later, int distance) {
    List<Answer> byEnd = earlier.stream().sorted(Comparator.comparingLong(Answer::end)).toList();
    List<Answer> byStart = later.stream().sorted(Comparator.comparingLong(Answer::start)).toList();
    Optional<Answer> highest = Optional.empty();
    int next = 0;
    for (Answer answer : byStart) {
      for (; next < byEnd.size() && byEnd.get(next).end() < answer.start(); next++) {
        Answer candidate = byEnd.get(next);
        if (highest.isEmpty() || highest.get().revision() < candidate.revision()) {
          highest = Optional.of(candidate);
        }
      }
      long least = highest.map(Answer::revision).orElse(0L) + distance;
      assertThat(answer.revision())
          .as("%s: %s after %s", promise, answer, highest)
          .isGreaterThanOrEqualTo(least);
    }
  }

  /// Checks that each decision was made by the definitions of the revision that it names.
  ///
  /// @param markers by tenant and revision, what the marker rule puts out
  void assertTruthful(Map<String, Map<Long, Long>> markers) {
    for (Answer answer : answers(a -> a.number() >= 0)) {
      assertThat(markers.getOrDefault(answer.tenant(), new HashMap<>()).get(answer.revision()))
          .as(answer::toString)
          .isEqualTo(answer.number());
    }
  }
}
