/** How the page looks, in light and in dark. */
export const STYLE = `
:root { color-scheme: light dark; --bg: #fbfbfd; --fg: #1c2030; --soft: #5d6478; --line: #dfe2ea; --card: #fff; --hover: #f0f2f8;
  --creating: #8ab4f8; --ready: #34a36b; --waiting: #eab440; --failed: #d64545; --deleting: #a9adbb; --present: #b9a7e6;
  --cloud: #1892c4; --person: #9b3fc0; --refers: #5b6ee1; --protects: #c9762a; --b0: #e6e9f3; --b1: #d8ddec; }
@media (prefers-color-scheme: dark) { :root { --bg: #12141c; --fg: #e6e8f0; --soft: #9aa1b5; --line: #2b2f3d; --card: #1a1d28; --hover: #232736;
  --creating: #4f86d9; --ready: #2f9e68; --waiting: #c9932a; --failed: #d95757; --deleting: #646a7c; --present: #7d6bb8;
  --cloud: #4db8e4; --person: #cf8be8; --refers: #92a1ff; --protects: #e2a063; --b0: #262b3b; --b1: #303649; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--bg); color: var(--fg); font: 14px/1.45 system-ui, sans-serif; }
header { display: flex; flex-wrap: wrap; gap: 8px 20px; align-items: center; padding: 16px 24px; border-bottom: 1px solid var(--line); background: var(--card); }
h1 { font-size: 20px; margin: 0; } h2 { font-size: 15px; margin: 0 0 10px; }
.verdict { margin: 0; padding: 2px 12px; border-radius: 12px; color: #fff; font-weight: 600; }
.verdict.good { background: #1d7f4f; } .verdict.bad { background: #bb3030; }
.filter { margin-left: auto; color: var(--soft); }
.filter input { font: inherit; padding: 4px 10px; width: 240px; border: 1px solid var(--line); border-radius: 6px; background: var(--bg); color: var(--fg); }
main { padding: 20px 24px 80px; display: grid; gap: 20px; }
section { min-width: 0; background: var(--card); border: 1px solid var(--line); border-radius: 10px; padding: 16px 18px; }
.summary { margin: 0; white-space: pre-wrap; font: 13px/1.6 ui-monospace, monospace; }
.upgrade { margin-top: 14px; } .upgrade ul { margin: 0; padding-left: 18px; }
.u-deletes b, .u-recreates b { color: var(--failed); } .u-changes b { color: var(--waiting); } .u-adds b { color: var(--ready); }
.legend { display: flex; flex-wrap: wrap; gap: 4px 16px; list-style: none; margin: 0 0 10px; padding: 0; color: var(--soft); font-size: 12px; }
.legend svg { vertical-align: -1px; }
.scroll { overflow-x: auto; }
.note { margin: 8px 0 0; color: var(--soft); font-size: 12px; }
.lanes { border-collapse: collapse; }
.lanes th { position: sticky; left: 0; z-index: 1; background: var(--card); text-align: left; font-weight: 400; padding: 0 14px 0 0; white-space: nowrap; max-width: 420px; overflow: hidden; text-overflow: ellipsis; }
.lanes thead th { color: var(--soft); vertical-align: bottom; font-size: 12px; }
.lanes td { padding: 0; line-height: 0; } .lanes .own th a { font-weight: 700; } .lanes .part th { padding-left: 14px; }
.lanes tbody tr { border-top: 1px solid var(--line); } .lanes tbody tr:hover, .lanes tbody tr:hover th, .lanes tr.lit, .lanes tr.lit th { background: var(--hover); }
a { color: inherit; text-decoration: none; } a:hover { text-decoration: underline; }
:focus-visible { outline: 2px solid var(--refers); outline-offset: 2px; }
small { color: var(--soft); font-size: 11px; }
svg text { fill: var(--fg); font: 12px system-ui, sans-serif; } svg .time { fill: var(--soft); font-size: 11px; } .stage { font-weight: 600; }
.band.b0 { fill: var(--b0); } .band.b1 { fill: var(--b1); } .tick { stroke: var(--soft); } .begin { stroke: var(--line); stroke-dasharray: 2 3; }
.s-creating { fill: var(--creating); } .s-ready { fill: var(--ready); } .s-waiting { fill: var(--waiting); } .s-failed { fill: var(--failed); } .s-deleting { fill: var(--deleting); } .s-present { fill: var(--present); }
.cloud { stroke: var(--cloud); stroke-width: 2.5; } .cloud.left { stroke-dasharray: 3 4; }
.mark circle { fill: var(--card); stroke: currentColor; stroke-width: 1.5; } .mark text { fill: currentColor; font-size: 10px; font-weight: 700; }
.t-good { color: var(--ready); } .t-busy { color: var(--waiting); } .t-bad { color: var(--failed); } .t-gone { color: var(--soft); } .t-person { color: var(--person); } .t-cloud { color: var(--cloud); } .t-plain { color: var(--fg); }
.graph .head { fill: var(--soft); font-size: 11px; }
.node rect { fill: var(--bg); stroke: var(--line); } .node .kind { fill: var(--soft); font-size: 11px; } .node:hover rect, .node.lit rect { stroke: var(--refers); }
.n-ready circle { fill: var(--ready); } .n-waiting circle { fill: var(--waiting); } .n-there circle { fill: var(--present); } .n-gone circle { fill: none; stroke: var(--soft); stroke-dasharray: 2 2; } .n-gone text { fill: var(--soft); }
.thing rect { fill: none; stroke: var(--cloud); } .thing.left rect { stroke-dasharray: 4 4; }
.edge { fill: none; stroke: var(--deleting); stroke-width: 1.3; } .e-refers { stroke: var(--refers); } .e-protects { stroke: var(--protects); stroke-dasharray: 5 3; } .e-cloud { stroke: var(--cloud); opacity: .35; }
marker.e-refers path { fill: var(--refers); } marker.e-protects path { fill: var(--protects); }
.edge.lit { stroke-width: 2.6; } .e-composes { opacity: .7; } .e-composes.lit { stroke: var(--soft); opacity: 1; } .out { opacity: .15; }
details summary { cursor: pointer; } details summary h2 { display: inline; }
.all { border-collapse: collapse; width: 100%; margin-top: 12px; font-size: 13px; } .all th { text-align: left; color: var(--soft); font-weight: 400; }
.all td, .all th { padding: 3px 12px 3px 0; border-bottom: 1px solid var(--line); vertical-align: top; } .all td:nth-child(-n+3) { white-space: nowrap; } .all tr:target { background: var(--hover); }
#detail { position: fixed; right: 16px; bottom: 16px; width: min(520px, calc(100vw - 32px)); max-height: 60vh; overflow: auto; background: var(--card); border: 1px solid var(--line); border-radius: 10px; padding: 14px 18px; box-shadow: 0 8px 30px rgb(0 0 0 / .25); z-index: 2; }
#detail button { float: right; font: 20px/1 system-ui; border: 0; background: none; color: inherit; cursor: pointer; } #detail p { color: var(--soft); margin: 0 0 8px; overflow-wrap: anywhere; }
#detail ol { margin: 0; padding: 0; list-style: none; } #detail li { padding: 3px 0; border-top: 1px solid var(--line); overflow-wrap: anywhere; } #detail time { display: inline-block; min-width: 64px; color: var(--soft); }
[hidden] { display: none !important; }
@media print { .filter, #detail { display: none; } section { break-inside: avoid; } }
`;
