/** How a report looks: in the reader's own font and colours, dark or light. */
export const STYLE = `
:root { color-scheme: light dark; --line: #0002; --faint: #0000000a; --muted: #555; --bad: #b00020; }
@media (prefers-color-scheme: dark) { :root { --line: #fff3; --faint: #ffffff0d; --muted: #aaa; --bad: #ff8a80; } }
body { font: 16px/1.5 system-ui, sans-serif; margin: 0 auto; max-width: 84rem; padding: 1rem; overflow-wrap: anywhere; }
h1 { font-size: 1.6rem; margin: 0.5rem 0; }
h2 { font-size: 1.2rem; border-top: 1px solid var(--line); padding-top: 1rem; }
code { font-family: ui-monospace, monospace; font-size: 0.95em; }
.pair { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(20rem, 100%), 1fr)); gap: 1rem; }
figure { margin: 0; min-width: 0; }
figure img { max-width: 100%; height: auto; background: var(--faint); border: 1px solid var(--line); }
figcaption, caption, footer { color: var(--muted); font-size: 0.9rem; text-align: left; }
.value { font-size: 2rem; margin: 0; }
.wide { overflow-x: auto; margin: 0.5rem 0; }
table { border-collapse: collapse; font-size: 0.9rem; }
th, td { border-bottom: 1px solid var(--line); padding: 0.3em 0.6em; text-align: left; vertical-align: top; overflow-wrap: normal; }
th { font-weight: 600; white-space: nowrap; }
tbody tr:hover { background: var(--faint); }
td img { display: block; max-width: 128px; max-height: 128px; }
.number { text-align: right; font-variant-numeric: tabular-nums; }
.failed { color: var(--bad); }
`;
