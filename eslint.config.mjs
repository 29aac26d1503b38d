import { defineConfig } from 'eslint/config';
import importX from 'eslint-plugin-import-x';
import { createTypeScriptImportResolver } from 'eslint-import-resolver-typescript';
import baseConfig from './.config/eslint.config.mjs';

/** Who may know whom: docs/architecture.md. A zone's `target` must not import from its `from`. */
const DOMAIN = ['traceql', 'tempo', 'servicegraph', 'trace', 'links'];
const dependencyZones = [
  ...DOMAIN.map((room) => ({
    target: `./src/${room}`,
    from: ['./src/app', './src/datasource', './src/panels', './src/views', './workbench'],
    message: `${room} is domain code: it knows no user interface.`,
  })),
  {
    target: './src/views',
    from: ['./src/app', './src/datasource', './src/panels'],
    message: 'views may use the domain only.',
  },
  {
    target: './src/views/shared',
    from: ['heatmap', 'service-map', 'trace', 'trace-import'].map((view) => `./src/views/${view}`),
    message: 'what views share knows none of them.',
  },
  {
    target: './src/datasource',
    from: ['./src/app', './src/panels'],
    message: 'the data source may use views and the domain.',
  },
  { target: './src/panels', from: ['./src/app', './src/datasource'], message: 'panels may use views and the domain.' },
  {
    target: './src',
    from: ['./workbench', './tests', './bench', './scripts'],
    message: 'the plugin does not know its workbench.',
  },
  {
    target: './workbench',
    from: ['./src/app', './src/datasource', './src/panels', './src/views'],
    message: 'the workbench loads the built plugin; of its source it may use the domain only.',
  },
];

export default defineConfig([
  {
    ignores: [
      '**/node_modules/',
      '**/dist/',
      'artifacts/',
      'test-results/',
      'playwright-report/',
      'tests/contract/',
      '**/*.gen.ts',
      '.config/',
      '**/.eslintcache',
    ],
  },
  ...baseConfig,
  {
    files: ['**/*.{ts,tsx}'],
    plugins: { 'import-x': importX },
    settings: { 'import-x/resolver-next': [createTypeScriptImportResolver({ project: './tsconfig.json' })] },
    rules: {
      'import-x/no-cycle': 'error',
      'import-x/no-restricted-paths': ['error', { zones: dependencyZones }],
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'no-console': 'error',
    },
  },
  {
    files: DOMAIN.map((room) => `src/${room}/**/*.{ts,tsx}`),
    rules: {
      'no-restricted-imports': [
        'error',
        {
          paths: [
            'react',
            'react-dom',
            '@grafana/runtime',
            '@grafana/ui',
            '@grafana/scenes',
            '@grafana/i18n',
            '@emotion/css',
          ],
          patterns: ['@grafana/scenes*'],
        },
      ],
    },
  },
  {
    files: ['src/traceql/**/*.ts'],
    rules: {
      'no-restricted-imports': ['error', { patterns: ['@grafana/*', '@emotion/*', 'react', 'react-dom', 'rxjs'] }],
    },
  },
  { files: ['{workbench,bench,scripts,tests}/**/*.ts'], rules: { 'no-console': 'off' } },
]);
