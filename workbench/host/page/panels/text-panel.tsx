import React from 'react';
import { PanelPlugin, type PanelProps, renderMarkdown, textUtil } from '@grafana/data';
import { ScrollContainer } from '@grafana/ui';

interface TextOptions {
  mode: 'markdown' | 'html' | 'code';
  content: string;
}

function TextPanel({ options: { mode, content }, replaceVariables }: PanelProps<TextOptions>) {
  const text = replaceVariables(content, {}, 'html');
  if (mode === 'code') {
    return (
      <ScrollContainer>
        <pre>{replaceVariables(content)}</pre>
      </ScrollContainer>
    );
  }
  const html = mode === 'html' ? textUtil.sanitize(text) : renderMarkdown(text);
  return (
    <ScrollContainer>
      <div className="markdown-html" dangerouslySetInnerHTML={{ __html: html }} />
    </ScrollContainer>
  );
}

export const textPlugin = new PanelPlugin<TextOptions>(TextPanel).setPanelOptions((builder) =>
  builder
    .addRadio({
      path: 'mode',
      name: 'Mode',
      defaultValue: 'markdown',
      settings: {
        options: [
          { value: 'markdown', label: 'Markdown' },
          { value: 'html', label: 'HTML' },
          { value: 'code', label: 'Code' },
        ],
      },
    })
    .addTextInput({ path: 'content', name: 'Content', defaultValue: '' })
);
