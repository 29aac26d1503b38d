// Deterministic whatever the machine's time zone is.
process.env.TZ = 'UTC';

const base = require('./.config/jest.config');
const { grafanaESModules, nodeModulesToTransform } = require('./.config/jest/utils');
const [jsTransform] = Object.values(base.transform);

// ES modules without a CommonJS build, on top of the scaffold's list.
const esModules = [
  '@ver0',
  '@marcbachmann',
  '@react-hookz',
  'd3-.*',
  'internmap',
  'delaunator',
  'robust-predicates',
  '@lezer',
  '@marijn',
  '@prometheus-io',
  'fast-check',
];

const shared = {
  ...base,
  setupFiles: ['<rootDir>/jest-globals.js'],
  moduleNameMapper: {
    ...base.moduleNameMapper,
    // React 19's browser build of react-dom/server needs MessageChannel, which jsdom lacks.
    '^react-dom/server$': 'react-dom/server.node',
  },
  transform: { '^.+\\.m?[tj]sx?$': jsTransform },
  transformIgnorePatterns: [nodeModulesToTransform([...grafanaESModules, ...esModules])],
};

module.exports = {
  // A slow or busy machine is no fault.
  testTimeout: 30_000,
  projects: [
    { ...shared, displayName: 'unit', testMatch: ['<rootDir>/src/**/*.test.{ts,tsx}'] },
    {
      ...shared,
      displayName: 'workbench',
      testEnvironment: 'node',
      testMatch: ['<rootDir>/{workbench,bench,scripts}/**/*.test.{ts,tsx}'],
      testPathIgnorePatterns: ['\\.contract\\.test\\.ts$'],
    },
    {
      ...shared,
      displayName: 'contract',
      testEnvironment: 'node',
      testMatch: ['<rootDir>/{src,workbench}/**/*.contract.test.ts'],
    },
  ],
};
// Unit tests leave the slower replays of recorded answers to their own project.
module.exports.projects[0].testPathIgnorePatterns = ['\\.contract\\.test\\.ts$'];
