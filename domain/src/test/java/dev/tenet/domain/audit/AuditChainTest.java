package dev.tenet.domain.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tenet.domain.audit.AuditChain.Link;
import dev.tenet.domain.audit.AuditChain.Verification;
import dev.tenet.domain.hash.Sha256;
import dev.tenet.domain.tenant.TenantId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

final class AuditChainTest {

  private static final Instant AT = Instant.parse("2026-01-31T08:30:00.123456Z");

  private static AuditEvent event(String actor) {
    return AuditEvent.of(
        AT, actor, "rule_added", "rule/1", Outcome.ACCEPTED, null, AuditDetail.NONE);
  }

  /// Computed by Python, with the standard library's JSON: sorted keys, no spaces, UTF-8.
  @Test
  void theHashIsThatOfTheCanonicalJsonOfTheOtherMembers() {
    Map<String, Object> inner = new LinkedHashMap<>();
    inner.put("z", "\u0001");
    inner.put("y", -7);
    var first =
        AuditEvent.of(
            AT,
            "Zoë \"x\"\n",
            "key_created",
            "key/1",
            Outcome.ACCEPTED,
            "r-1",
            AuditDetail.of(Map.of("b", List.of(1, true, "€"), "a", inner)));
    var second =
        AuditEvent.of(
            Instant.parse("2026-01-31T08:30:01Z"),
            "x",
            "definitions:write",
            "platform",
            Outcome.DENIED,
            null,
            AuditDetail.NONE);

    List<AuditRecord> records =
        AuditChain.extend(AuditHead.EMPTY, TenantId.PLATFORM, List.of(first, second));

    assertThat(records)
        .extracting(record -> record.hash().hex())
        .containsExactly(
            "9a7e12f5c2b6d81522158bdde9a45ce502fb4d8115a0c6fab652ffa1a696efc5",
            "b11dca20c894b56ed3867178765ecce24e2e9e6909d6788c51b60439e2eccfa3");
    assertThat(records).extracting(AuditRecord::sequence).containsExactly(1L, 2L);
    assertThat(records.getFirst().previousHash()).isEqualTo(Sha256.ZERO);
  }

  @Test
  void canonicalJsonIsThatOfTheStandard() {
    // RFC 8785, sections 3.2.2 and 3.2.3.
    assertThat(CanonicalJson.write("€$\u000f\nA'B\"\\\\\"/"))
        .isEqualTo("\"€$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\"");
    Map<String, Object> unsorted = new LinkedHashMap<>();
    unsorted.put("\u20ac", "Euro Sign");
    unsorted.put("\r", "Carriage Return");
    unsorted.put("\ufb33", "Hebrew Letter Dalet With Dagesh");
    unsorted.put("1", "One");
    unsorted.put("\ud83d\ude00", "Emoji: Grinning Face");
    unsorted.put("\u0080", "Control");
    unsorted.put("\u00f6", "Latin Small Letter O With Diaeresis");
    assertThat(CanonicalJson.write(unsorted))
        .isEqualTo(
            "{\"\\r\":\"Carriage Return\",\"1\":\"One\",\"\u0080\":\"Control\",\"ö\":\"Latin Small Letter O With Diaeresis\",\"€\":\"Euro Sign\",\"😀\":\"Emoji: Grinning Face\",\"\ufb33\":\"Hebrew Letter Dalet With Dagesh\"}");
    assertThat(
            CanonicalJson.write(List.of(List.of(), Map.of(), "\b\t\f", "\ud800", "\udc00a", -1L)))
        .isEqualTo("[[],{},\"\\b\\t\\f\",\"\\ud800\",\"\\udc00a\",-1]");
  }

  private static List<AuditRecord> chain(int length) {
    return AuditChain.extend(
        AuditHead.EMPTY,
        TenantId.PLATFORM,
        IntStream.range(0, length).mapToObj(i -> event("actor " + i)).toList());
  }

  private static Verification verify(AuditHead head, List<AuditRecord> records) {
    return AuditChain.verify(
        Optional.of(head), records.stream().<Link>map(Link.Legible::new).iterator());
  }

  @Test
  void aWholeChainIsProved() {
    List<AuditRecord> records = chain(100);
    assertThat(verify(records.getLast().head(), records))
        .isEqualTo(new Verification.Proved(records.getLast().head()));
    assertThat(AuditChain.verify(Optional.empty(), List.<Link>of().iterator()))
        .isEqualTo(new Verification.Proved(AuditHead.EMPTY));
  }

  private static void assertBroken(Verification verification, long sequence, String words) {
    assertThat(verification)
        .isInstanceOfSatisfying(
            Verification.Broken.class,
            broken -> {
              assertThat(broken.sequence()).isEqualTo(sequence);
              assertThat(broken.fault()).contains(words);
            });
  }

  @Test
  void theFirstBrokenLinkIsNamed() {
    List<AuditRecord> whole = chain(10);
    AuditHead end = whole.getLast().head();

    List<AuditRecord> altered = new ArrayList<>(whole);
    AuditRecord fourth = whole.get(3);
    altered.set(
        3,
        new AuditRecord(
            fourth.tenant(), 4, event("somebody else"), fourth.previousHash(), fourth.hash()));
    assertBroken(verify(end, altered), 4, "It was altered");

    List<AuditRecord> rehashed = new ArrayList<>(whole);
    rehashed.set(
        3, AuditRecord.after(whole.get(2).head(), TenantId.PLATFORM, event("somebody else")));
    assertBroken(verify(end, rehashed), 5, "does not follow from record 4");

    List<AuditRecord> shorter = new ArrayList<>(whole);
    shorter.remove(6);
    assertBroken(verify(end, shorter), 7, "It is missing: record 8 stands in its place");

    assertBroken(verify(end, whole.subList(0, 7)), 8, "the chain ends with record 10");
    assertBroken(verify(whole.get(7).head(), whole), 9, "after record 8, the end");
    assertBroken(
        verify(new AuditHead(10, Sha256.ZERO), whole), 10, "kept for the end of the chain");
    assertBroken(verify(end, whole.subList(1, 10)), 1, "It is missing");
    assertBroken(
        AuditChain.verify(Optional.empty(), whole.stream().<Link>map(Link.Legible::new).iterator()),
        10,
        "is missing");
    assertBroken(
        AuditChain.verify(
            Optional.of(end),
            Arrays.<Link>asList(
                    new Link.Legible(whole.getFirst()), new Link.Illegible(2, "no text"))
                .iterator()),
        2,
        "It cannot be read: no text.");
    var begun = AuditRecord.after(new AuditHead(0, end.hash()), TenantId.PLATFORM, event("x"));
    assertBroken(verify(begun.head(), List.of(begun)), 1, "It does not begin the chain");
  }

  @Test
  void aRecordOfAnotherTenantDoesNotFit() {
    AuditRecord record = chain(1).getFirst();
    var other = new TenantId(new UUID(1, 2));
    var taken = new AuditRecord(other, 1, record.event(), record.previousHash(), record.hash());
    assertBroken(verify(record.head(), List.of(taken)), 1, "It was altered");
  }

  @Test
  void detailsAreBounded() {
    String large = "x".repeat(20_000);
    AuditDetail detail = AuditDetail.of(Map.of("before", Map.of("text", large), "after", "small"));
    assertThat(detail.members()).containsEntry("after", "small");
    assertThat(detail.members().get("before"))
        .isEqualTo(
            Map.of("bytes", 20_011L, "sha256", Sha256.of("{\"text\":\"" + large + "\"}").hex()));

    Map<String, Object> many = new LinkedHashMap<>();
    LongStream.range(0, 10_000).forEach(i -> many.put("member " + i, i));
    assertThat(AuditDetail.of(many).members()).containsOnlyKeys("bytes", "sha256");
    assertThatThrownBy(() -> new AuditDetail(many)).hasMessageContaining("bytes");
    assertThat(AuditDetail.of(Map.of("n", Long.MAX_VALUE)).members())
        .containsEntry("n", "9223372036854775807");
    assertThatThrownBy(() -> AuditDetail.of(Map.of("n", 1.5)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void textsAreBounded() {
    AuditEvent event = event("😀".repeat(200));
    assertThat(event.actor()).hasSize(255).endsWith("😀…");
    assertThat(AuditEvent.shortened("short")).isEqualTo("short");
    assertThatThrownBy(
            () ->
                new AuditEvent(
                    AT, "x".repeat(257), "a", "r", Outcome.DENIED, null, AuditDetail.NONE))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
