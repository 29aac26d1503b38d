/** What layout and drawing add to the plugin, for its size: bundled, never run. */
export { createLayoutWorker } from '../../src/servicegraph/layout/create-worker';
export { layoutRequester } from '../../src/servicegraph/layout/request-layout';
export { keepPlaces, rememberPlaces } from '../../src/servicegraph/layout/keep-places';
export { moveServices } from '../../src/servicegraph/layout/move-services';
export { draggedOverlay } from '../../src/views/service-map/drag';
export { foldedMap } from '../../src/views/service-map/folded-map';
export { hitIndex, hitTest } from '../../src/views/service-map/hit-test';
export { mapKeyDown } from '../../src/views/service-map/keyboard-actions';
export { mapModel } from '../../src/views/service-map/map-model';
export { MapPainter } from '../../src/views/service-map/map-painter';
export { errorPaint } from '../../src/views/service-map/paint-style';
export { usePointer } from '../../src/views/service-map/use-pointer';
export { useViewport } from '../../src/views/service-map/use-viewport';
