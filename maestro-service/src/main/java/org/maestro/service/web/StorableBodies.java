package org.maestro.service.web;

import java.lang.reflect.Type;
import org.maestro.service.json.StorableText;
import org.maestro.service.problem.ApiException;
import org.springframework.core.MethodParameter;
import org.springframework.http.HttpInputMessage;
import org.springframework.http.converter.HttpMessageConverter;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.servlet.mvc.method.annotation.RequestBodyAdviceAdapter;

/** Refuses bodies of JSON with text that no database can hold, before anybody looks at them. */
@RestControllerAdvice
public class StorableBodies extends RequestBodyAdviceAdapter {

  @Override
  public boolean supports(
      MethodParameter parameter, Type type, Class<? extends HttpMessageConverter<?>> converter) {
    return parameter.getParameterType() != byte[].class
        && !parameter.getContainingClass().isAnnotationPresent(ReadsItsOwnText.class);
  }

  @Override
  public Object afterBodyRead(
      Object body,
      HttpInputMessage message,
      MethodParameter parameter,
      Type type,
      Class<? extends HttpMessageConverter<?>> converter) {
    var problems = StorableText.problems(body);
    if (!problems.isEmpty()) {
      throw ApiException.invalid(
          "unstorable-text",
          "%s: %s".formatted(problems.getFirst().pointer(), problems.getFirst().message()),
          problems);
    }
    return body;
  }
}
