/** Layout and drawing, without what pointer and keyboard do, for their size: bundled, never run. */
export { layoutRequester } from '../../src/servicegraph/layout/request-layout';
export { takeLayoutWorker } from '../../src/servicegraph/layout/spare-worker';
export { keepPlaces, rememberPlaces } from '../../src/servicegraph/layout/keep-places';
export { foldedMap } from '../../src/views/service-map/model/folded-map';
export { geometryOf } from '../../src/views/service-map/model/layout-geometry';
export { trunksOf } from '../../src/views/service-map/model/trunks';
export { mapModel } from '../../src/views/service-map/model/map-model';
export { MapPainter } from '../../src/views/service-map/drawing/map-painter';
export { errorPaint } from '../../src/views/service-map/drawing/paint-style';
export { fit, fitReadable, reveal, zoomAt } from '../../src/views/service-map/viewport/viewport';
