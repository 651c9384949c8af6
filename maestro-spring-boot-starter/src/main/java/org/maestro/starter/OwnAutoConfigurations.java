package org.maestro.starter;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.AutoConfigurationImportSelector;
import org.springframework.core.annotation.AnnotationAttributes;
import org.springframework.core.type.AnnotationMetadata;

/**
 * What the services want of Spring Boot, and nothing of what the surrounding program has on its
 * class path besides.
 */
final class OwnAutoConfigurations extends AutoConfigurationImportSelector {
  private static final List<String> WANTED =
      List.of(
          "org.springframework.boot.autoconfigure.",
          "org.springframework.boot.actuate.",
          "org.springframework.boot.health.",
          "org.springframework.boot.http.converter.",
          "org.springframework.boot.jackson.",
          "org.springframework.boot.jdbc.",
          "org.springframework.boot.micrometer.",
          "org.springframework.boot.persistence.",
          "org.springframework.boot.servlet.",
          "org.springframework.boot.tomcat.",
          "org.springframework.boot.transaction.",
          "org.springframework.boot.web.",
          "org.springframework.boot.webmvc.");
  private static final String ERROR_PAGE = "ErrorMvcAutoConfiguration";

  @Override
  protected AnnotationAttributes getAttributes(AnnotationMetadata metadata) {
    var none = new AnnotationAttributes();
    none.put("exclude", new String[0]);
    none.put("excludeName", new String[0]);
    return none;
  }

  @Override
  protected List<String> getCandidateConfigurations(
      AnnotationMetadata metadata, @Nullable AnnotationAttributes attributes) {
    return super.getCandidateConfigurations(metadata, attributes).stream()
        .filter(name -> WANTED.stream().anyMatch(name::startsWith) && !name.endsWith(ERROR_PAGE))
        .toList();
  }
}
