package dev.corsage.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which store a reference opens. None is on the class path here but those of the tests. */
class StoresTest {

  @ParameterizedTest
  @CsvSource({
    "dynamodb:origins/shop, dynamodb",
    "redis://cache/shop, redis",
    "rediss://cache/shop, redis",
    "momento:cache/shop, momento",
  })
  void anAllowListWhoseStoreIsNotOnTheClassPathNamesTheArchive(String text, String archive) {
    StoreReference reference = StoreReference.parse(text);
    assertThatThrownBy(() -> Stores.openAllowList(reference, Map.of()))
        .isInstanceOfSatisfying(
            MissingStoreException.class, e -> assertThat(e.archive()).isEqualTo(archive))
        .hasMessageContaining("\"" + text + "\"")
        .hasMessageContaining("./corsage package --store " + archive + ".");
  }

  @ParameterizedTest
  @CsvSource({"ssm:/shop/cors", "appconfig:shop/prod/cors", "s3://bucket/key"})
  void aDocumentWhoseStoreIsNotOnTheClassPathNamesTheArchive(String text) {
    StoreReference reference = StoreReference.parse(text);
    assertThatThrownBy(() -> Stores.openPolicySource(reference, Map.of()))
        .isInstanceOfSatisfying(
            MissingStoreException.class, e -> assertThat(e.archive()).isEqualTo("documents"));
  }

  @ParameterizedTest
  @CsvSource({
    "https://u:paSSW0RD@shop.example.com, there is no store https",
    "ssm:/shop/cors, 'ssm stores policy documents, not allow lists'",
  })
  void anotherSchemeIsNoAllowList(String text, String reason) {
    StoreReference reference = StoreReference.parse(text);
    assertThatThrownBy(() -> Stores.openAllowList(reference, Map.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(reason)
        .hasMessageContaining(". Write dynamodb:TABLE/LIST, redis://HOST/LIST or momento:CACHE")
        .hasMessageNotContaining("paSSW0RD");
  }

  @ParameterizedTest
  @CsvSource({
    "https://u:paSSW0RD@shop.example.com, there is no store https",
    "rediss://:paSSW0RD@h/l, 'rediss stores allow lists, not policy documents'",
  })
  void anotherSchemeIsNoPolicyDocument(String text, String reason) {
    StoreReference reference = StoreReference.parse(text);
    assertThatThrownBy(() -> Stores.openPolicySource(reference, Map.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(reason)
        .hasMessageContaining(". Write ssm:/PATH, ")
        .hasMessageNotContaining("paSSW0RD");
  }

  @Test
  void aMissingStoreIsNamedWithoutThePassword() {
    StoreReference reference = StoreReference.parse("redis://:paSSW0RD@cache/shop");
    assertThatThrownBy(() -> Stores.openAllowList(reference, Map.of()))
        .isInstanceOf(MissingStoreException.class)
        .hasMessageNotContaining("paSSW0RD");
  }
}
