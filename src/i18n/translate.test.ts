import { t } from './translate';

it('shows values as they are', () => {
  expect(t('traceatlas.test.value', 'Not found: {{name}}', { name: `GET /a & "b's" <c>` })).toBe(
    `Not found: GET /a & "b's" <c>`
  );
});

it('keeps the count of plurals', () => {
  const forms = { count: 2, defaultValue_one: '{{count}} span', defaultValue_other: '{{count}} spans' };
  expect(t('traceatlas.test.plural', '{{count}} spans', forms)).toBe('2 spans');
});
