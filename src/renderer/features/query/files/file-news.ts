import { create } from 'zustand';

/** What happened to a tab's file outside of the tab. */
export type FileNews =
  | { readonly kind: 'gone' }
  /** It has another content; `version` stands for that. */
  | { readonly kind: 'changed'; readonly version: string };

/** By the tab's id. */
export const useFileNews = create<{ readonly news: Readonly<Record<string, FileNews>> }>(() => ({
  news: {},
}));

/** Says in a tab what happened to its file. */
export function showNews(tabId: string, news: FileNews): void {
  useFileNews.setState((state) => ({ news: { ...state.news, [tabId]: news } }));
}

/** Takes the message away: the tab and its file agree again, or the tab is closed. */
export function clearNews(tabId: string): void {
  useFileNews.setState(({ news }) => ({
    news: Object.fromEntries(Object.entries(news).filter(([id]) => id !== tabId)),
  }));
}
