'use strict';
// Fills the report: findings under their codes, the table of pages, filters and sorting.
// Texts reach the page as text nodes alone. Findings are made when their code is opened, in pieces,
// so that thousands of them cost nothing until they are looked at.
(() => {
  const data = JSON.parse(document.getElementById('data').textContent);
  const byId = (id) => document.getElementById(id);
  const SEVERITIES = ['error', 'warning', 'note'];
  const PIECE = 50;
  // So few findings are opened at once.
  const FEW = 30;
  const VERY_FEW = 8;

  const findings = data.findings.map((it) => ({
    code: it[0], page: it[1], area: it[2], message: data.texts[it[3]], places: it[4],
    notes: it[5].map((id) => data.texts[id]), help: it[6] < 0 ? null : data.texts[it[6]], hidden: it[7],
  }));
  const codes = data.codes.map(([id, severity, title]) => ({ id, severity, title, all: 0 }));
  const pages = data.pages.map(([file, area, title, counts]) => ({ name: data.files[file], area, title, counts }));
  for (const finding of findings) codes[finding.code].all += 1;
  for (const page of pages) {
    page.agree = 0;
    page.held = 0;
    for (const [measure, agree, differ] of page.counts) {
      if (data.measures[measure][1]) {
        page.agree += agree;
        page.held += agree + differ;
      }
    }
    page.share = page.held ? Math.floor(page.agree * 1000 / page.held) : -1;
  }

  // ---- Elements.

  const SVG = 'http:/' + '/www.w3.org/2000/svg';
  const element = (name, properties, ...children) => {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(properties || {})) {
      if (key === 'class') made.className = value;
      else if (key.startsWith('on')) made.addEventListener(key.slice(2), value);
      else made.setAttribute(key, value);
    }
    made.append(...children);
    return made;
  };
  // What stands in backticks is code.
  const prose = (text) => {
    const parts = text.split('`');
    // A backtick without a partner is an ordinary character.
    if (parts.length % 2 === 0) parts.push(parts.splice(-2).join('`'));
    return parts.map((part, index) => (index % 2 ? element('code', {}, part) : part)).filter((part) => part !== '');
  };
  const number = (value) => String(value).replace(/\B(?=(\d{3})+$)/g, ',');
  const counted = (value, noun) => `${number(value)} ${noun}${value === 1 ? '' : 's'}`;
  const percent = (share) => (share < 0 ? '–' : share === 1000 ? '100 %' : `${Math.floor(share / 10)}.${share % 10} %`);
  const bar = (share) => {
    if (share < 0) return element('span', { class: 'meter' }, '–');
    const svg = document.createElementNS(SVG, 'svg');
    const set = (target, values) => Object.entries(values).forEach(([key, value]) => target.setAttribute(key, value));
    set(svg, { class: 'bar', viewBox: '0 0 1000 10', preserveAspectRatio: 'none', 'aria-hidden': 'true' });
    for (const [kind, width] of [['all', 1000], ['agree', share]]) {
      const rect = document.createElementNS(SVG, 'rect');
      set(rect, { class: kind, width, height: 10 });
      svg.append(rect);
    }
    return element('span', { class: 'meter' }, svg, element('span', { class: 'percent' }, percent(share)));
  };

  // ---- The filter, and the address that keeps it.

  const form = byId('filter');
  const boxes = [...form.querySelectorAll('input[name=severity]')];
  const empty = () => ({ query: '', severities: SEVERITIES.slice(), code: '', area: '', page: '' });
  let filter = empty();
  let shown = [];

  const read = () => {
    const next = empty();
    const address = new URLSearchParams(location.hash.slice(1));
    next.query = address.get('q') || '';
    if (address.has('severity')) {
      const wanted = address.get('severity').split(',');
      next.severities = SEVERITIES.filter((severity) => wanted.includes(severity));
    }
    for (const key of ['code', 'area', 'page']) next[key] = address.get(key) || '';
    return next;
  };
  const address = (of) => {
    const parts = new URLSearchParams();
    if (of.query) parts.set('q', of.query);
    if (of.severities.length < SEVERITIES.length) parts.set('severity', of.severities.join(','));
    for (const key of ['code', 'area', 'page']) if (of[key]) parts.set(key, of[key]);
    return '#' + parts.toString();
  };
  const keep = () => {
    const wanted = address(filter);
    if (wanted === '#' ? location.hash.includes('=') : wanted !== location.hash) {
      history.replaceState(null, '', wanted === '#' ? location.pathname : wanted);
    }
  };
  const put = () => {
    byId('query').value = filter.query;
    byId('code').value = filter.code;
    byId('area').value = filter.area;
    for (const box of boxes) box.checked = filter.severities.includes(box.value);
  };

  // ---- Which findings fit.

  const words = (text) => text.toLowerCase().split(/\s+/).filter(Boolean);
  // What is searched, in lower case; made when something is first searched for.
  let searched = null;
  const searchable = () => {
    searched = searched || findings.map((finding) => {
      const { code, page, area, message, places, notes, help } = finding;
      const parts = [codes[code].id, codes[code].title, message, data.areas[area], help || '', ...notes];
      if (page >= 0) parts.push(pages[page].name, pages[page].title);
      for (const [file, , , lines, marks] of places) {
        parts.push(data.files[file]);
        for (const [, text] of lines) parts.push(data.texts[text]);
        for (const mark of marks) if (mark[4] >= 0) parts.push(data.texts[mark[4]]);
      }
      return parts.join('\n').toLowerCase();
    });
    return searched;
  };
  const fits = () => {
    const wanted = words(filter.query);
    const text = wanted.length ? searchable() : [];
    const code = codes.findIndex((it) => it.id === filter.code);
    const area = data.areas.indexOf(filter.area);
    const out = [];
    findings.forEach((finding, index) => {
      if (!filter.severities.includes(codes[finding.code].severity)) return;
      if (filter.code && finding.code !== code) return;
      if (filter.area && finding.area !== area) return;
      if (filter.page && (finding.page < 0 || pages[finding.page].name !== filter.page)) return;
      if (wanted.some((word) => !text[index].includes(word))) return;
      out.push(index);
    });
    return out;
  };

  // ---- One finding.

  const marked = (text, marks) => {
    const ends = new Set([0, text.length]);
    for (const [, start, end] of marks) ends.add(start).add(end);
    const sorted = [...ends].sort((a, b) => a - b);
    const out = [];
    sorted.forEach((start, index) => {
      const points = marks.filter((mark) => mark[1] === start && mark[2] === start);
      if (points.length) out.push(element('mark', { class: points.some((mark) => mark[3]) ? 'point primary' : 'point' }, '\u200a'));
      if (index + 1 === sorted.length) return;
      const end = sorted[index + 1];
      const over = marks.filter((mark) => mark[1] <= start && mark[2] >= end && mark[1] < mark[2]);
      const part = text.slice(start, end);
      out.push(over.length ? element('mark', { class: over.some((mark) => mark[3]) ? 'primary' : '' }, part) : part);
    });
    return out;
  };
  const source = ([file, line, column, lines, marks]) => {
    const body = element('code');
    const width = String(lines.length ? lines[lines.length - 1][0] : 1).length;
    let last = null;
    const row = (kind, head, ...children) => body.append(
      element('span', { class: `line ${kind}` }, element('span', { class: 'no', 'aria-hidden': 'true' }, head.padStart(width)), ...children, '\n'));
    lines.forEach(([at, text], index) => {
      if (last !== null && at > last + 1) row('gap', '⋮');
      last = at;
      const here = marks.filter((mark) => mark[0] === index);
      const content = data.texts[text];
      row('', String(at), ...marked(content, here));
      for (const mark of here.filter((it) => it[4] >= 0)) {
        row('says', '', ' '.repeat(mark[1]) + '╰─ ', element('i', { class: mark[3] ? 'primary' : '' }, ...prose(data.texts[mark[4]])));
      }
    });
    return element('figure', { class: 'source' },
      element('figcaption', {}, element('b', {}, data.files[file]), `:${line}:${column}`), element('pre', { tabindex: '0' }, body));
  };
  const remark = (kind, text) => element('p', { class: `remark ${kind}` }, element('b', {}, `${kind}: `), ...prose(text));
  const content = (finding) => {
    const out = element('div', { class: 'content' }, ...finding.places.map(source));
    if (finding.hidden) out.append(remark('note', `${counted(finding.hidden, 'further place')} not shown`));
    out.append(...finding.notes.map((note) => remark('note', note)));
    if (finding.help) out.append(remark('help', finding.help));
    if (finding.page >= 0) {
      const page = pages[finding.page].name;
      const links = [[{ page }, 'All of this page'], [{ page, code: codes[finding.code].id }, 'This code on this page']];
      const others = links.map(([of, label]) => [address({ ...empty(), ...of }), label]).filter(([to]) => to !== address(filter));
      out.append(element('p', { class: 'links' }, ...others.map(([to, label]) => element('a', { href: to }, label))));
    }
    return out;
  };
  const place = ({ places }) => (places.length ? `${data.files[places[0][0]]}:${places[0][1]}:${places[0][2]}` : '');
  const item = (finding, open) => {
    const details = element('details', { class: 'finding' },
      element('summary', {}, element('span', { class: 'message' }, ...prose(finding.message)), ' ', element('span', { class: 'place' }, place(finding))));
    const fill = () => {
      if (details.open && details.children.length === 1) details.append(content(finding));
    };
    details.addEventListener('toggle', fill);
    details.open = open;
    fill();
    return element('li', {}, details);
  };

  // ---- Findings under their codes.

  const groups = [...document.querySelectorAll('details.code')].map((details) => ({
    details, all: [], made: 0, isOpenedByFilter: false, list: details.querySelector('.list'), count: details.querySelector('.count'),
  }));
  const more = (group) => {
    const list = group.list.querySelector('ol') || group.list.appendChild(element('ol'));
    const next = group.all.slice(group.made, group.made + PIECE);
    const open = shown.length <= VERY_FEW;
    list.append(...next.map((index) => item(findings[index], open)));
    group.made += next.length;
    const button = group.list.querySelector('button');
    const left = group.all.length - group.made;
    if (button) button.remove();
    if (left > 0) {
      const label = left > PIECE ? `Show ${PIECE} more of ${number(left)}` : `Show the last ${left}`;
      group.list.append(element('button', { type: 'button', class: 'more', onclick: () => {
        const first = list.children.length;
        more(group);
        list.children[first].querySelector('summary').focus();
      } }, label));
    }
  };
  const fill = (group) => {
    if (group.details.open && group.made === 0 && group.all.length) more(group);
  };
  for (const group of groups) {
    group.details.addEventListener('toggle', () => fill(group));
    // What the reader opens or closes stays so.
    group.details.querySelector('summary').addEventListener('click', () => { group.isOpenedByFilter = false; });
  }

  const showFindings = () => {
    for (const group of groups) {
      group.all = [];
      group.made = 0;
      group.list.replaceChildren();
    }
    for (const index of shown) groups[findings[index].code].all.push(index);
    const isNarrow = filter.query || filter.code || filter.area || filter.page;
    groups.forEach((group, index) => {
      const { details, all, count } = group;
      details.hidden = all.length === 0;
      count.textContent = all.length === codes[index].all ? number(all.length) : `${number(all.length)} of ${number(codes[index].all)}`;
      const isFew = isNarrow && (filter.code || shown.length <= FEW);
      if (isFew && !details.open) {
        details.open = group.isOpenedByFilter = true;
      } else if (!isFew && group.isOpenedByFilter) {
        details.open = group.isOpenedByFilter = false;
      }
      fill(group);
    });
    byId('nothing').hidden = shown.length > 0;
  };

  // ---- Pages.

  let pageOrder = { key: 'findings', down: true };
  const COLUMNS = [
    ['page', 'Page', ''], ['area', 'Area', 'wide'], ['share', 'Agreement', 'share'], ['error', 'Errors', 'number wide'],
    ['warning', 'Warnings', 'number wide'], ['note', 'Notes', 'number wide'], ['findings', 'Findings', 'number'],
  ];
  const pageRows = () => {
    const rows = pages.map((page, index) => ({ page: page.name, area: data.areas[page.area], share: page.share, error: 0, warning: 0, note: 0, findings: 0, index }));
    for (const index of shown) {
      const { page, code } = findings[index];
      if (page >= 0) {
        rows[page].findings += 1;
        rows[page][codes[code].severity] += 1;
      }
    }
    const wanted = words(filter.query);
    const isOnFindings = filter.code || filter.severities.length < SEVERITIES.length;
    return rows.filter((row) => {
      if (filter.area && row.area !== filter.area) return false;
      if (filter.page && row.page !== filter.page) return false;
      if (row.findings) return true;
      if (isOnFindings) return false;
      const text = [row.page, pages[row.index].title, row.area].join('\n').toLowerCase();
      return wanted.every((word) => text.includes(word));
    });
  };
  const sorted = (rows) => {
    const { key, down } = pageOrder;
    const compare = (a, b) => (a[key] < b[key] ? -1 : a[key] > b[key] ? 1 : 0);
    return rows.sort((a, b) => (down ? compare(b, a) : compare(a, b)) || a.index - b.index);
  };
  const pageRow = (row) => {
    const { title } = pages[row.index];
    const link = element('a', { href: address({ ...empty(), page: row.page }) }, row.page);
    return element('tr', {},
      element('th', { scope: 'row' }, link, element('small', {}, title)),
      element('td', { class: 'wide' }, row.area),
      element('td', { class: 'share' }, bar(row.share)),
      ...['error', 'warning', 'note'].map((key) => element('td', { class: 'number wide' }, number(row[key]))),
      element('td', { class: 'number' }, number(row.findings)));
  };
  const showPages = () => {
    const rows = sorted(pageRows());
    const body = element('tbody');
    const heads = COLUMNS.map(([key, label, kind]) => {
      const isSorted = pageOrder.key === key;
      const order = element('th', { scope: 'col', class: kind, ...(isSorted ? { 'aria-sort': pageOrder.down ? 'descending' : 'ascending' } : {}) },
        element('button', { type: 'button', 'data-key': key, onclick: () => {
          pageOrder = { key, down: isSorted ? !pageOrder.down : key !== 'page' && key !== 'area' && key !== 'share' };
          showPages();
          byId('pages-list').querySelector(`button[data-key=${key}]`).focus();
        } }, label));
      return order;
    });
    const caption = `${counted(rows.length, 'page')}${rows.length < pages.length ? ` of ${number(pages.length)}` : ''}`;
    const table = element('table', { id: 'pages-table', class: 'sortable' },
      element('caption', {}, caption), element('thead', {}, element('tr', {}, ...heads)), body);
    let made = 0;
    const button = element('button', { type: 'button', class: 'more', onclick: () => {
      const first = made;
      add();
      body.rows[first].querySelector('a').focus();
    } });
    const add = () => {
      const next = rows.slice(made, made + PIECE);
      body.append(...next.map(pageRow));
      made += next.length;
      const left = rows.length - made;
      button.hidden = left === 0;
      button.textContent = left > PIECE ? `Show ${PIECE} more of ${number(left)}` : `Show the last ${left}`;
    };
    add();
    byId('pages-list').replaceChildren(table, button);
  };
  const showPage = () => {
    const page = pages.find((it) => it.name === filter.page);
    byId('page').hidden = !page;
    if (!page) return;
    byId('page-title').replaceChildren(page.name, element('small', {}, page.title));
    const fact = (name, ...values) => element('div', {}, element('dt', {}, name), element('dd', {}, ...values));
    byId('page-facts').replaceChildren(
      fact('Area', data.areas[page.area]),
      fact('Agreement', page.held ? `${percent(page.share)}, ${number(page.agree)} of ${number(page.held)}` : 'nothing was held against the metadata'),
      ...page.counts.map(([measure, agree, differ, notHeld]) => fact(data.measures[measure][0],
        `${number(agree)} of ${number(agree + differ)}${notHeld ? `, ${number(notHeld)} not held` : ''}`)));
  };

  // ---- Everything together.

  const tell = () => {
    const touched = new Set(shown.map((index) => findings[index].page).filter((page) => page >= 0));
    const all = shown.length === findings.length ? number(shown.length) : `${number(shown.length)} of ${number(findings.length)}`;
    byId('status').textContent = `${all} ${findings.length === 1 ? 'finding' : 'findings'} on ${counted(touched.size, 'page')}`;
    const button = byId('one-page');
    button.hidden = !filter.page;
    button.textContent = filter.page ? `× ${filter.page}` : '';
    button.setAttribute('aria-label', `No longer only the page ${filter.page}`);
  };
  const show = () => {
    shown = fits();
    showFindings();
    showPage();
    showPages();
    tell();
    keep();
  };
  const change = (part) => {
    filter = { ...filter, ...part };
    put();
    show();
  };

  const options = (select, list) => {
    for (const [value, label] of list) byId(select).append(element('option', { value }, label));
  };
  options('code', codes.map(({ id, all }) => [id, `${id} (${number(all)})`]));
  options('area', data.areas.slice().sort().map((area) => [area, area]));

  let waiting = 0;
  byId('query').addEventListener('input', () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => {
      filter.query = byId('query').value.trim();
      show();
    }, 120);
  });
  byId('query').addEventListener('keydown', (event) => {
    if (event.key === 'Escape') change({ query: '' });
  });
  for (const select of ['code', 'area']) byId(select).addEventListener('change', (event) => change({ [select]: event.target.value }));
  for (const box of boxes) {
    box.addEventListener('change', () => change({ severities: boxes.filter((it) => it.checked).map((it) => it.value) }));
  }
  byId('one-page').addEventListener('click', () => {
    change({ page: '' });
    byId('query').focus();
  });
  form.addEventListener('submit', (event) => event.preventDefault());
  form.addEventListener('reset', (event) => {
    event.preventDefault();
    clearTimeout(waiting);
    filter = empty();
    for (const group of groups) group.details.open = false;
    change({});
  });
  window.addEventListener('hashchange', () => {
    // An address without a filter leads to a section.
    if (location.hash && !location.hash.includes('=')) return;
    filter = read();
    put();
    show();
    form.scrollIntoView();
  });
  document.addEventListener('keydown', (event) => {
    const isTyping = /^(INPUT|SELECT|TEXTAREA)$/.test(event.target.nodeName);
    if (event.key === '/' && !isTyping && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      byId('query').focus();
    }
  });

  // ---- The table of areas.

  const table = byId('areas-table');
  for (const cell of table.querySelectorAll('th[data-area]')) {
    const { area } = cell.dataset;
    cell.replaceChildren(element('a', { href: address({ ...empty(), area }) }, area));
  }
  [...table.tHead.rows[0].cells].forEach((head, column) => {
    const label = head.textContent;
    const isText = head.dataset.sort === 'text';
    const value = (row) => (isText ? row.cells[column].textContent : Number(row.cells[column].dataset.value));
    head.replaceChildren(element('button', { type: 'button', onclick: () => {
      const order = head.getAttribute('aria-sort');
      const down = order ? order === 'ascending' : !isText && !head.classList.contains('share');
      for (const other of table.tHead.rows[0].cells) other.removeAttribute('aria-sort');
      head.setAttribute('aria-sort', down ? 'descending' : 'ascending');
      const compare = (a, b) => (value(a) < value(b) ? -1 : value(a) > value(b) ? 1 : 0);
      const rows = [...table.tBodies[0].rows];
      table.tBodies[0].append(...rows.sort((a, b) => (down ? compare(b, a) : compare(a, b))));
    } }, label));
  });

  filter = read();
  form.hidden = false;
  put();
  show();
  if (location.hash.includes('=')) form.scrollIntoView();
})();
