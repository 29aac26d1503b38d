/**
 * Layouts with the libraries and the settings of Grafana's node graph (recorded in docs/benchmarks.md); the code is not
 * Grafana's. The DOT text that Grafana sends through MSAGL's parser is left out: it would take longer still.
 */
import {
  CurveFactory,
  Edge,
  GeomEdge,
  GeomGraph,
  GeomNode,
  Graph,
  LayerDirectionEnum,
  layoutGeomGraph,
  Node,
  Point,
  SugiyamaLayoutSettings,
} from '@msagl/core';
import { forceCollide, forceLink, forceSimulation, forceX, type SimulationNodeDatum } from 'd3-force';

export interface CoreLayoutTask {
  kind: 'layered' | 'force';
  nodeCount: number;
  sources: number[];
  targets: number[];
}

export interface Places {
  x: number[];
  y: number[];
}

const RADIUS = 50;

export function layered({ nodeCount, sources, targets }: CoreLayoutTask): Places {
  const graph = new Graph();
  const geometry = new GeomGraph(graph);
  const nodes = Array.from({ length: nodeCount }, (_, index) => {
    const node = graph.addNode(new Node(String(index)));
    new GeomNode(node).boundaryCurve = CurveFactory.mkCircle(RADIUS, new Point(0, 0));
    return node;
  });
  sources.forEach((source, index) => {
    new GeomEdge(new Edge(nodes[source], nodes[targets[index]]));
  });
  const settings = new SugiyamaLayoutSettings();
  settings.layerDirection = LayerDirectionEnum.LR;
  settings.LayerSeparation = 60;
  settings.commonSettings.NodeSeparation = 40;
  geometry.layoutSettings = settings;
  layoutGeomGraph(geometry);
  const centres = nodes.map((node) => GeomNode.getGeom(node).center);
  return { x: centres.map(({ x }) => x), y: centres.map(({ y }) => -y) };
}

export function force({ nodeCount, sources, targets }: CoreLayoutTask): Places {
  const nodes: SimulationNodeDatum[] = Array.from({ length: nodeCount }, () => ({}));
  const links = sources.map((source, index) => ({ source, target: targets[index] }));
  const simulation = forceSimulation(nodes)
    .force('link', forceLink(links).distance(150))
    .force('collide', forceCollide(100))
    .force('x', forceX(2000).strength(0.02))
    .stop();
  simulation.tick(300);
  return { x: nodes.map(({ x = 0 }) => x), y: nodes.map(({ y = 0 }) => y) };
}

if (typeof self !== 'undefined' && typeof document === 'undefined' && 'postMessage' in self) {
  self.onmessage = ({ data }: MessageEvent<CoreLayoutTask>) => {
    self.postMessage(data.kind === 'layered' ? layered(data) : force(data));
  };
}
