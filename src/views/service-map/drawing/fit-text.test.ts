import { fitMiddle, fitName, fitText } from './fit-text';

/** Letters half as wide as they are high */
function pen(font = '10px test') {
  return {
    font,
    measureText(text: string) {
      return { width: (text.length * parseFloat(/([\d.]+)px/.exec(this.font)?.[1] ?? '')) / 2 };
    },
  };
}

describe('text in too little room', () => {
  it.each([
    ['short', 200, 'short'],
    ['a-very-long-service-name', 60, 'a-very-long…'],
    ['', 10, ''],
  ])('%s keeps its beginning', (text, width, expected) => {
    expect(fitText(pen(), text, width)).toBe(expected);
  });

  it.each([
    ['short', 200, 'short'],
    ['checkout-payment-provider-v2', 60, 'checkou…r-v2'],
    ['checkout-payment-provider-v3', 60, 'checkou…r-v3'],
    ['🚀🚀🚀🚀🚀🚀', 30, '🚀…🚀'],
    ['', 10, ''],
    ['no room', 0, '…'],
    ['no room', -5, '…'],
    ['x'.repeat(500), 30, 'xxx…xx'],
  ])('%.30s keeps its beginning and its end', (text, width, expected) => {
    expect(fitMiddle(pen(), text, width)).toBe(expected);
  });
});

describe('a name on a card', () => {
  // 196 px less ring and margins, and less a badge
  const [whole, besideBadge] = [134, 86];

  it.each([
    ['cart', whole, { text: 'cart', size: 13.5 }],
    ['payment-provider', whole, { text: 'payment-provider', size: 13.5 }],
    ['payment-provider', besideBadge, { text: 'payment-provider', size: 10 }],
    ['checkout-payment-provider', besideBadge, { text: 'checkout-pa…ovider', size: 9.25 }],
  ])('%s in %d px', (name, width, expected) => {
    expect(fitName(pen(), 'test', name, width)).toEqual(expected);
  });
});
