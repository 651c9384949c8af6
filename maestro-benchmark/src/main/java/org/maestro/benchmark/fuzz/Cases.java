package org.maestro.benchmark.fuzz;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * The inputs by their number: the same number gives the same input while the corpus is the same.
 */
final class Cases {
  /** Separated by blanks and line breaks; {@code ␣} and {@code ⏎} stand for those themselves. */
  private static final List<String> EXPRESSION_WORDS =
      words(
          """
          if else while for break continue return throw new import true false null int long double
          boolean String Map HashMap DateTime DateTimeZone.UTC DateTimeFormat.forPattern( Util.
          Math. params params.get( params.echo( a xs m name d ok x i + - * / % = == != < > <= >= &&
          || ! ? : ( ) [ ] { } , . ; += '%s%d' '%999999999d' '%.999999999f' '(a|b)*' 'yyyy-MM-dd'
          '2024-01-01' .length() .split( .replaceAll( .substring( .toString( .plusDays( .withYear(
          .get('k') [0] new␣long[ new␣long[]{ Util.intsBetween( Util.toJson( String.format(
          String.join( while␣(true) // /* */ ${a} $name ${x@step}
          """);

  private static final List<String> DEFINITION_WORDS =
      words(
          """
          workflow id jobs steps job step type NoOp foreach while subworkflow params param value
          expression transition IF needs retry retry_policy tags triggers time_triggers
          signal_triggers cron timezone signal outputs properties owner run_strategy timeout
          criticality is_active git_info extra true false null ~ no on :␣ -␣ { } [ ] , | > |- &a␣ *a
          <<:␣ !!str␣ !!binary␣ !x␣ ?␣ #␣ ---⏎ ...⏎ %YAML␣1.2⏎ ' " @ ` ! ${x} $x STRING LONG MAP
          DOUBLE_ARRAY 0␣0␣*␣*␣* 1h␣30min .nan .inf 2021-01-01 1_000 {} [] [[[]]] ⏎ ⏎␣␣ ⏎␣␣␣␣-␣
          """);

  private final FuzzOptions options;
  private final Corpus corpus;

  Cases(FuzzOptions options, Corpus corpus) {
    this.options = options;
    this.corpus = corpus;
  }

  FuzzInput get(long number) {
    var random = new SplittableRandom(number);
    var target = options.targets().get(random.nextInt(options.targets().size()));
    var mutator =
        switch (target) {
          case EXPRESSION -> new Mutator(corpus.expressions(), EXPRESSION_WORDS, random);
          case YAML -> new Mutator(corpus.yaml(), DEFINITION_WORDS, random);
          case JSON -> new Mutator(corpus.json(), DEFINITION_WORDS, random);
        };
    var text = mutator.next();
    return target != FuzzTarget.EXPRESSION && random.nextInt(10) == 0
        ? FuzzInput.ofBytes(target, mutator.damagedBytes(text))
        : new FuzzInput(target, text, false);
  }

  private static List<String> words(String listed) {
    return Arrays.stream(listed.strip().split("\\s+"))
        .map(word -> word.replace('␣', ' ').replace('⏎', '\n'))
        .toList();
  }
}
