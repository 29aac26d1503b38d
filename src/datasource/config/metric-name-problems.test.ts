import {
  dimensionProblem,
  dimensionsProblem,
  histogramProblem,
  nameProblem,
  prefixProblem,
} from './metric-name-problems';

type Problem = (text: string) => string | undefined;

it.each<[string, Problem, string]>([
  ['nothing', nameProblem, ''],
  ['a usual name', nameProblem, 'traces_spanmetrics_calls_total'],
  ['a name as OpenTelemetry has it', nameProblem, 'traces.span.metrics.calls'],
  ['blanks around', nameProblem, ' service_name '],
  ['a start of names', prefixProblem, 'mycompany_service_graph'],
  ['a histogram', histogramProblem, 'traces_spanmetrics_latency'],
  ['a dimension', dimensionProblem, 'k8s_cluster_name'],
  ['several dimensions', dimensionsProblem, 'k8s_cluster_name, env,'],
])('%s is taken', (_, problemOf, text) => {
  expect(problemOf(text)).toBeUndefined();
});

it.each<[string, Problem, string, RegExp]>([
  ['a selector', nameProblem, 'calls_total{job="a"}', /braces/],
  ['two names', nameProblem, 'a, b', /One name/],
  ['a whole name for the start', prefixProblem, 'traces_service_graph_request_total', /before “_request_total”/],
  ['the underscore after the start', prefixProblem, 'traces_service_graph_', /before “_request_total”/],
  ['a series of a histogram', histogramProblem, 'traces_spanmetrics_latency_bucket', /Without _bucket/],
  ['the label of one end', dimensionProblem, 'client_service_namespace', /Without client_/],
  ['the label of one end among others', dimensionsProblem, 'env, server_cluster', /Without client_/],
  ['a list with blanks in place of commas', dimensionsProblem, 'env cluster', /One name/],
])('%s is told', (_, problemOf, text, problem) => {
  expect(problemOf(text)).toMatch(problem);
});
