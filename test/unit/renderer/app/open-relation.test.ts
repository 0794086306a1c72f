import { describe, expect, it, vi } from 'vitest';

vi.stubGlobal('navigator', { userAgent: '' });
vi.stubGlobal('window', { addEventListener: () => undefined });
const { relationQuery } = await import('../../../../src/renderer/app/open-relation');

describe('relationQuery', () => {
  it('quotes what the server would fold or misread', () => {
    expect(relationQuery({ schema: 'public', name: 'orders' })).toBe(
      'select * from public.orders limit 200;',
    );
    expect(relationQuery({ schema: 'My "App"', name: 'order' })).toBe(
      'select * from "My ""App"""."order" limit 200;',
    );
  });
});
