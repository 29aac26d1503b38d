import { measureCore } from './core-map';
import { type Task } from './messages';
import { measureOwn } from './own-map';

window.measureMap = (task: Task) => (task.approach === 'trace-atlas' ? measureOwn(task) : measureCore(task));
