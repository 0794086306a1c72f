import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { ErrorNotice } from '../../../../src/renderer/components/notice';

describe('ErrorNotice', () => {
  it('shows the message, its code, and all that helps, as text', () => {
    const html = renderToStaticMarkup(
      <ErrorNotice
        error={{
          kind: 'ConstraintViolated',
          message: 'duplicate key <b>value</b>',
          detail: 'Key (id)=(1) already exists.',
          hint: 'Choose another.',
          advice: 'Change the row.',
          sqlState: '23505',
        }}
      />,
    );
    expect(html).toContain('role="alert"');
    expect(html).toContain('duplicate key &lt;b&gt;value&lt;/b&gt;');
    for (const text of [
      '23505',
      'Key (id)=(1) already exists.',
      'Choose another.',
      'Change the row.',
    ]) {
      expect(html).toContain(text);
    }
  });

  it('raises no alarm over what was cancelled', () => {
    const html = renderToStaticMarkup(
      <ErrorNotice error={{ kind: 'Cancelled', message: 'Reading was cancelled.' }} />,
    );
    expect(html).toContain('role="status"');
    expect(html).toContain('Reading was cancelled.');
  });

  it('shows what the server hides in its words', () => {
    const html = renderToStaticMarkup(
      <ErrorNotice
        error={{
          kind: 'AuthenticationFailed',
          message: 'role "a\u202eb"',
          detail: 'one\ntwo \u200b',
        }}
      />,
    );
    expect(html).toContain('a\\u202eb');
    expect(html).toContain('one\ntwo \\u200b');
  });
});
