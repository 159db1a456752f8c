/** The look of the staff pages: readable at any width, no image, no script, nothing loaded from anywhere. */
export const style = `
:root{--ink:#17262b;--quiet:#4a5a60;--line:#c9d3d6;--accent:#0b5c66;--warm:#8a3b12;--safety:#a1121f;--good:#1d6b3a;--paper:#fff;--ground:#f2f5f5}
*{box-sizing:border-box}
body{margin:0;font:1rem/1.5 system-ui,sans-serif;color:var(--ink);background:var(--ground)}
a{color:var(--accent);overflow-wrap:anywhere}
.skip{position:absolute;left:-9999px}.skip:focus{left:1rem;top:.5rem;background:#fff;padding:.5rem 1rem}
header{background:var(--accent);color:#fff}
header nav{display:flex;gap:.25rem 1.5rem;flex-wrap:wrap;align-items:center;max-width:66rem;margin:auto;padding:.5rem 1rem;min-height:3.5rem}
header a{color:#fff;text-decoration:none}header a:hover{text-decoration:underline}
header ul{display:flex;flex-wrap:wrap;gap:.25rem 1.25rem;list-style:none;margin:0;padding:0}
header li a{display:inline-block;padding:.6rem 0}header a[aria-current]{font-weight:700;border-bottom:3px solid #fff}
.brand{font-size:1.15rem;font-weight:700}.who{margin:0 0 0 auto}
main{max-width:66rem;margin:0 auto;padding:1rem}
h1{font-size:1.7rem;line-height:1.2;margin:.75rem 0 1rem}h2{font-size:1.2rem;margin:1.75rem 0 .5rem}h3{font-size:1rem;margin:1rem 0 .25rem}
.tabs{display:flex;flex-wrap:wrap;gap:.35rem;margin:0 0 1rem;padding:0;list-style:none}
.tabs a{display:block;padding:.6rem .9rem;border:1px solid var(--line);border-radius:.4rem;background:var(--paper);text-decoration:none;min-height:2.75rem}
.tabs a[aria-current]{background:var(--accent);border-color:var(--accent);color:#fff;font-weight:600}
.card{background:var(--paper);border:1px solid var(--line);border-radius:.5rem;padding:1rem;margin:0 0 .75rem}
.card.safety{border-left:.4rem solid var(--safety)}.card.urgent{border-left:.4rem solid var(--warm)}
.card>:first-child{margin-top:0}.card>:last-child{margin-bottom:0}
.card h2{font-size:1.1rem;margin:0 0 .25rem}.card p{margin:.35rem 0}
.tag{display:inline-block;font-size:.85rem;font-weight:600;padding:.1rem .5rem;border-radius:.3rem;border:1px solid currentColor}
.tag.safety{color:var(--safety)}.tag.urgent{color:var(--warm)}.tag.good{color:var(--good)}
.nowrap{white-space:nowrap}ul{padding-left:1.2rem;margin:.35rem 0}.quiet{color:var(--quiet)}.late{color:var(--safety);font-weight:600}.big{font-size:1.1rem}
.columns{display:grid;grid-template-columns:minmax(0,3fr) minmax(0,2fr);gap:0 1.25rem;align-items:start}
@media(max-width:48rem){.columns{grid-template-columns:minmax(0,1fr)}}
button,.button{font:inherit;font-weight:600;min-height:2.75rem;padding:.5rem 1.1rem;border:1px solid var(--accent);border-radius:.4rem;background:var(--accent);color:#fff;cursor:pointer;text-decoration:none;display:inline-block}
button.second,.button.second{background:var(--paper);color:var(--accent)}
button.link{background:none;border:0;color:inherit;text-decoration:underline;font-weight:400;padding:.5rem .25rem}
.buttons{display:flex;flex-wrap:wrap;gap:.5rem;margin:.75rem 0 0}
form{margin:0}label{display:block;font-weight:600;margin:.75rem 0 .25rem}.hint{display:block;font-weight:400;color:var(--quiet)}
input[type=text],input[type=search],input[type=date],input[type=time],input[type=number],textarea,select{font:inherit;width:100%;max-width:34rem;padding:.45rem .6rem;border:1px solid var(--quiet);border-radius:.3rem;min-height:2.75rem;background:#fff;color:var(--ink)}
input[type=date],input[type=time],input[type=number]{max-width:12rem}
td select,td input{max-width:14rem;min-width:9rem}
fieldset{border:0;padding:0;margin:.5rem 0}legend{font-weight:600;padding:0}
.radio{display:flex;gap:.6rem;align-items:center;min-height:2.5rem;font-weight:400;margin:0}
.radio input{width:1.35rem;height:1.35rem;flex:none;accent-color:var(--accent)}
.row{display:flex;flex-wrap:wrap;gap:.75rem;align-items:end}.row>div{flex:0 1 auto}.row label{margin-top:0}
table{border-collapse:collapse;width:100%;background:var(--paper)}th,td{text-align:left;padding:.55rem .75rem;border-bottom:1px solid var(--line);vertical-align:top}
thead th{font-size:.9rem;color:var(--quiet)}tbody th{font-weight:600}
.scroll{overflow-x:auto;border:1px solid var(--line);border-radius:.5rem;background:var(--paper)}.scroll tr:last-child>*{border-bottom:0}
.problem{border:3px solid var(--safety);padding:.75rem 1rem;background:#fff;margin:0 0 1rem}.problem h2{margin:0;font-size:1.1rem}.problem p{margin:.25rem 0 0}
.notice{border-left:.4rem solid var(--good);padding:.75rem 1rem;background:#fff;margin:0 0 1rem;display:flex;flex-wrap:wrap;gap:.5rem 1rem;align-items:center}.notice p{margin:0}
blockquote{margin:.5rem 0;padding:.5rem .75rem;background:var(--ground);border-left:.25rem solid var(--line);white-space:pre-wrap;overflow-wrap:anywhere}
details{background:var(--paper);border:1px solid var(--line);border-radius:.5rem;margin:0 0 .5rem;padding:0 1rem}summary{cursor:pointer;font-weight:600;padding:.65rem 0;color:var(--accent)}details[open]{padding-bottom:1rem}
a:focus-visible,button:focus-visible,input:focus-visible,select:focus-visible,textarea:focus-visible,summary:focus-visible,.scroll:focus-visible{outline:3px solid #17262b;outline-offset:2px;box-shadow:0 0 0 5px #ffd23f}
dl{display:grid;gap:.3rem 1.5rem;grid-template-columns:repeat(auto-fill,minmax(15rem,1fr));margin:.5rem 0}dl div{display:flex;gap:.5rem;flex-wrap:wrap}dt{color:var(--quiet)}dt::after{content:":"}dd{margin:0;font-weight:600}
`;
