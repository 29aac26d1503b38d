import React from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app';
import { interceptLinkClicks } from './frame/intercept-link-clicks';
import { initRuntime } from './init';

async function start(): Promise<void> {
  await initRuntime();
  interceptLinkClicks();
  const element = document.getElementById('root');
  if (element) {
    createRoot(element).render(<App />);
  }
}

void start();
