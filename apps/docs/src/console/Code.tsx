import { useEffect, useState } from 'react';

/** A text to copy. */
export function CopyButton({ text, words }: { text: string; words: { copy: string; copied: string } }) {
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), 2000);
    return () => clearTimeout(timer);
  }, [copied]);
  const copy = async () => {
    await navigator.clipboard.writeText(text).catch(() => {});
    setCopied(true);
  };
  return (
    <button type="button" className="quiet" onClick={copy}>
      <span aria-live="polite">{copied ? words.copied : words.copy}</span>
    </button>
  );
}

/** Code that may be longer than its place. */
export const Pre = ({ text, id }: { text: string; id?: string }) => (
  // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard
  <pre tabIndex={0} id={id}>
    <code>{text}</code>
  </pre>
);
