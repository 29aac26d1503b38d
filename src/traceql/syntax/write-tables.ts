/** `npm run grammar`: writes the strict parser's tables, made from rules.ts. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { packTables } from './packed-tables';
import { buildTables } from './table-builder';

writeFileSync(
  join(__dirname, 'tables.gen.ts'),
  `// Made from rules.ts by \`npm run grammar\`. Do not edit.
export const PACKED_TABLES = ${JSON.stringify(packTables(buildTables()), null, 2)};
`
);
