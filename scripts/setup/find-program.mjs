import { accessSync, constants, statSync } from 'node:fs';
import path from 'node:path';

/** Full path of the first of the programs that PATH has, or undefined. */
export function findOnPath(names, searchPath = process.env.PATH ?? '') {
  const extension = process.platform === 'win32' ? '.exe' : '';
  for (const name of names) {
    for (const dir of searchPath.split(path.delimiter).filter(Boolean)) {
      const file = path.join(dir, name + extension);
      if (isExecutable(file)) {
        return file;
      }
    }
  }
  return undefined;
}

export function isExecutable(file) {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}
