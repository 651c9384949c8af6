package org.maestro.dev.openapi;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.type.filter.AnnotationTypeFilter;
import org.springframework.util.ClassUtils;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** The routes of all services, found as Spring finds them, without starting one. */
final class Routes {
  private static final String API = "/api/v3/";

  private Routes() {}

  /** A way in; with the controller's method that answers. */
  record Route(String method, String pattern, RequestMappingInfo info, Method handler) {
    Class<?> controller() {
      return handler.getDeclaringClass();
    }
  }

  /** In the order of their paths. */
  static List<Route> all() {
    var mapping = new Mapping();
    var scanner = new ClassPathScanningCandidateComponentProvider(false);
    scanner.addIncludeFilter(new AnnotationTypeFilter(RestController.class));
    var routes = new ArrayList<Route>();
    for (var found : scanner.findCandidateComponents("org.maestro")) {
      var controller = ClassUtils.resolveClassName(String.valueOf(found.getBeanClassName()), null);
      for (var method : controller.getDeclaredMethods()) {
        var info = mapping.of(method, controller);
        if (info != null) {
          for (var pattern : info.getPatternValues()) {
            for (var verb : info.getMethodsCondition().getMethods()) {
              if (pattern.startsWith(API)) {
                routes.add(new Route(verb.name(), pattern, info, method));
              }
            }
          }
        }
      }
    }
    routes.sort(Comparator.comparing(Route::pattern).thenComparing(Route::method));
    return routes;
  }

  private static final class Mapping extends RequestMappingHandlerMapping {
    Mapping() {
      afterPropertiesSet();
    }

    @Nullable RequestMappingInfo of(Method method, Class<?> controller) {
      return getMappingForMethod(method, controller);
    }

    @Override
    protected void initHandlerMethods() {
      // there are no beans
    }
  }
}
