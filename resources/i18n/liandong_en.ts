<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="zh_CN">
<context>
    <name>ActionRow</name>
    <message>
        <source>{action}未放开：{reason}</source>
        <translation>{action} not open: {reason}</translation>
    </message>
    <message>
        <source>。</source>
        <translation>. </translation>
    </message>
</context>
<context>
    <name>AlarmBars</name>
    <message>
        <source>可处理 {n}</source>
        <translation>manageable {n}</translation>
    </message>
    <message>
        <source>泛滥 {n}</source>
        <translation>flood {n}</translation>
    </message>
    <message>
        <source>起</source>
        <translation>From</translation>
    </message>
    <message>
        <source>近四小时告警 {total} 条，十分钟最多 {most} 条</source>
        <translation>Alarms in four hours: {total}, most in ten minutes: {most}</translation>
    </message>
</context>
<context>
    <name>AlarmDesk</name>
    <message>
        <source>1 小时</source>
        <translation>1 h</translation>
    </message>
    <message>
        <source>30 分</source>
        <translation>30 min</translation>
    </message>
    <message>
        <source>4 小时</source>
        <translation>4 h</translation>
    </message>
    <message>
        <source>{name}。{begin} 起成立。</source>
        <translation>{name}. Holds since {begin}.</translation>
    </message>
    <message>
        <source>{name}。{begin} 起成立，已合并 {hits} 条。</source>
        <translation>{name}. Holds since {begin}, merged from {hits}.</translation>
    </message>
    <message>
        <source>到 {time} 交班</source>
        <translation>To shift end {time}</translation>
    </message>
    <message>
        <source>告警有变化或再选中时重取。</source>
        <translation>Fetched again when the alarm changes or is selected again.</translation>
    </message>
    <message>
        <source>处置卡 {name}</source>
        <translation>Action card: {name}</translation>
    </message>
    <message>
        <source>备注</source>
        <translation>Note</translation>
    </message>
    <message>
        <source>工单 {id}</source>
        <translation>Ticket {id}</translation>
    </message>
    <message>
        <source>已结束</source>
        <translation>Over</translation>
    </message>
    <message>
        <source>席位</source>
        <translation>Seat</translation>
    </message>
    <message>
        <source>席位，例如 2</source>
        <translation>Seat, for example 2</translation>
    </message>
    <message>
        <source>本机自己发现，只在本机响。</source>
        <translation>Found by this machine; it rings here only.</translation>
    </message>
    <message>
        <source>经过没有取到</source>
        <translation>The record did not come</translation>
    </message>
    <message>
        <source>规则 {rule} 第 {version} 版</source>
        <translation>Rule {rule}, version {version}</translation>
    </message>
    <message>
        <source>近 30 天本规则产生 {n} 条（本机所存）。</source>
        <translation>This rule made {n} in 30 days (as stored here).</translation>
    </message>
    <message>
        <source>近 30 天次数：正在查。</source>
        <translation>Count of 30 days: being looked up.</translation>
    </message>
</context>
<context>
    <name>AlarmDetail</name>
    <message>
        <source>为什么响</source>
        <translation>Why it rang</translation>
    </message>
    <message>
        <source>只增不改</source>
        <translation>append-only</translation>
    </message>
    <message>
        <source>告警详情</source>
        <translation>Alarm details</translation>
    </message>
    <message>
        <source>经过</source>
        <translation>Record</translation>
    </message>
    <message>
        <source>选中一条告警，这里显示处置步骤、为什么响和经过。J K 上下移动。</source>
        <translation>Select an alarm: here are its steps, why it rang and its record. J K move up and down.</translation>
    </message>
    <message>
        <source>附近视频</source>
        <translation>Cameras nearby</translation>
    </message>
</context>
<context>
    <name>AlarmList</name>
    <message>
        <source>告警列表，{n} 条</source>
        <translation>List of alarms, {n}</translation>
    </message>
</context>
<context>
    <name>AlarmListHeader</name>
    <message>
        <source>内容</source>
        <translation>Alarm</translation>
    </message>
    <message>
        <source>列名</source>
        <translation>Column names</translation>
    </message>
    <message>
        <source>发生</source>
        <translation>Since</translation>
    </message>
    <message>
        <source>处置人 / 原因</source>
        <translation>Who / why</translation>
    </message>
    <message>
        <source>已持续</source>
        <translation>Lasting</translation>
    </message>
    <message>
        <source>来源</source>
        <translation>Source</translation>
    </message>
    <message>
        <source>级别</source>
        <translation>Severity</translation>
    </message>
</context>
<context>
    <name>AlarmListPane</name>
    <message>
        <source>{n} 条</source>
        <translation>{n} shown</translation>
    </message>
    <message>
        <source>{state}，恢复</source>
        <translation>{state}, unmute</translation>
    </message>
    <message>
        <source>以下为 {time} 的告警，确认先存本机、联机后送出</source>
        <translation>Alarms as of {time}; acknowledgements are kept here and sent when the line is back</translation>
    </message>
    <message>
        <source>全部</source>
        <translation>all</translation>
    </message>
    <message>
        <source>告警列表</source>
        <translation>Alarms</translation>
    </message>
    <message>
        <source>响铃中，静音 2 分</source>
        <translation>Ringing, mute 2 min</translation>
    </message>
    <message>
        <source>本席</source>
        <translation>This seat</translation>
    </message>
    <message>
        <source>本机无声音</source>
        <translation>No sound on this machine</translation>
    </message>
    <message>
        <source>来源：{word}</source>
        <translation>Source: {word}</translation>
    </message>
    <message>
        <source>筛选隐藏了 {n} 条未确认告警，Esc 显示全部</source>
        <translation>Unacknowledged alarms hidden by the filter: {n}. Esc shows all</translation>
    </message>
    <message>
        <source>筛选隐藏了 {n} 条未确认告警，其中严重 {critical} 条，Esc 显示全部</source>
        <translation>Unacknowledged alarms hidden by the filter: {n}, critical: {critical}. Esc shows all</translation>
    </message>
    <message>
        <source>级别：{word}</source>
        <translation>Severity: {word}</translation>
    </message>
    <message>
        <source>静音 2 分</source>
        <translation>Mute 2 min</translation>
    </message>
</context>
<context>
    <name>AlarmStrip</name>
    <message>
        <source>未确认告警</source>
        <translation>Unacknowledged</translation>
    </message>
    <message>
        <source>本机告警</source>
        <translation>Alarms of this machine</translation>
    </message>
</context>
<context>
    <name>AlarmWindow</name>
    <message>
        <source>今日 {n} 条，合并前 {hits} 条，确认中位 {soon}（n={of}，截至 {time}）</source>
        <translation>Today {n}, before merging {hits}, median to acknowledge {soon} (n={of}, as of {time})</translation>
    </message>
    <message>
        <source>今日告警 –</source>
        <translation>Alarms today –</translation>
    </message>
    <message>
        <source>告警</source>
        <translation>Alarms</translation>
    </message>
    <message>
        <source>声音尚未自检，按 Ctrl M 自检。</source>
        <translation>Sound not tested yet: Ctrl M tests it.</translation>
    </message>
    <message>
        <source>声音自检 {time} 不通过。</source>
        <translation>Sound test {time} failed.</translation>
    </message>
    <message>
        <source>声音自检 {time} 进行中。</source>
        <translation>Sound test {time} running.</translation>
    </message>
    <message>
        <source>声音自检 {time} 通过。</source>
        <translation>Sound test {time} passed.</translation>
    </message>
    <message>
        <source>最近一次 {time}。</source>
        <translation>Last one {time}. </translation>
    </message>
    <message>
        <source>此筛选下没有告警</source>
        <translation>No alarms under this filter</translation>
    </message>
    <message>
        <source>没有告警。</source>
        <translation>No alarms. </translation>
    </message>
</context>
<context>
    <name>Announcer</name>
    <message>
        <source>联动服务已接通</source>
        <translation>The line to the server is back</translation>
    </message>
</context>
<context>
    <name>AttentionWindow</name>
    <message>
        <source>{n} 条</source>
        <translation>{n}</translation>
    </message>
    <message>
        <source>尚未登录，不知道是谁的命令</source>
        <translation>Nobody is logged in yet</translation>
    </message>
    <message>
        <source>已落盘，按给出的先后发送</source>
        <translation>Safe on disk, sent in the order given</translation>
    </message>
    <message>
        <source>已落盘，断线或重启都不会丢；接通后自动发送，交班时请告知接班人</source>
        <translation>Safe on disk, whatever happens to line or machine; sent when the link is back. Tell the next shift at handover</translation>
    </message>
    <message>
        <source>服务器认出本席之后，这里显示本席留下的命令；它们都在本机上</source>
        <translation>When the server knows this seat, its own commands are shown here; they are safe on this machine</translation>
    </message>
    <message>
        <source>未执行的命令</source>
        <translation>Commands that were not carried out</translation>
    </message>
    <message>
        <source>未执行，等您决定</source>
        <translation>Not carried out, your decision</translation>
    </message>
    <message>
        <source>本机待发</source>
        <translation>Queued on this machine</translation>
    </message>
    <message>
        <source>本机待发的命令</source>
        <translation>Commands queued on this machine</translation>
    </message>
    <message>
        <source>本机消息</source>
        <translation>Messages of this machine</translation>
    </message>
    <message>
        <source>没有待发的命令</source>
        <translation>Nothing is queued</translation>
    </message>
    <message>
        <source>没有消息</source>
        <translation>No messages</translation>
    </message>
    <message>
        <source>没有重做：{reason}</source>
        <translation>Not done again: {reason}</translation>
    </message>
    <message>
        <source>没有需要处理的命令</source>
        <translation>No command needs you</translation>
    </message>
    <message>
        <source>自启动起</source>
        <translation>since start</translation>
    </message>
    <message>
        <source>被拒、冲突、过期的命令会一直留在这里，直到有人重做或放弃；放弃的仍留档可查</source>
        <translation>Commands that were refused, overtaken or expired stay here until somebody does them again or gives them up; what is given up stays on file</translation>
    </message>
    <message>
        <source>需处理的命令</source>
        <translation>Needs attention</translation>
    </message>
    <message>
        <source>需处理的操作</source>
        <translation>Commands to settle</translation>
    </message>
</context>
<context>
    <name>BehindModel</name>
    <message>
        <source>事项</source>
        <translation>Matter</translation>
    </message>
    <message>
        <source>单号</source>
        <translation>Number</translation>
    </message>
    <message>
        <source>原因</source>
        <translation>Reason</translation>
    </message>
    <message>
        <source>状态</source>
        <translation>State</translation>
    </message>
    <message>
        <source>街道</source>
        <translation>Town</translation>
    </message>
</context>
<context>
    <name>BehindPane</name>
    <message>
        <source>Enter 只看这一行，退格回到上一层，F 整个看板只看这些</source>
        <translation>Enter narrows to this row, Backspace goes back, F narrows the whole board</translation>
    </message>
    <message>
        <source>{formula}（公式第 {version} 版）</source>
        <translation>{formula} (formula version {version})</translation>
    </message>
    <message>
        <source>{numerator} ＋ {rest} ＝ {denominator}，{excluded}</source>
        <translation>{numerator} + {rest} = {denominator}, {excluded}</translation>
    </message>
    <message>
        <source>{since} 起。接通后在指标上再按一次 Enter。</source>
        <translation>since {since}. Once connected, press Enter on the figure again.</translation>
    </message>
    <message>
        <source>代码 {code}</source>
        <translation>Code {code}</translation>
    </message>
    <message>
        <source>先按 Enter 选一行</source>
        <translation>Press Enter on a row first</translation>
    </message>
    <message>
        <source>反查</source>
        <translation>Tickets behind</translation>
    </message>
    <message>
        <source>反查没有成功</source>
        <translation>The tickets could not be listed</translation>
    </message>
    <message>
        <source>在左边的指标上按 Enter，这里列出它的分子、分母和剔除的工单。</source>
        <translation>Press Enter on a figure at the left: its counted, uncounted and excluded tickets are listed here.</translation>
    </message>
    <message>
        <source>在队列中打开</source>
        <translation>Open in queue</translation>
    </message>
    <message>
        <source>工单清单</source>
        <translation>Tickets</translation>
    </message>
    <message>
        <source>已取 {n} / {total}，往下翻取更多</source>
        <translation>{n} / {total} fetched, scroll for more</translation>
    </message>
    <message>
        <source>截至 {time}</source>
        <translation>as of {time}</translation>
    </message>
    <message>
        <source>拆分</source>
        <translation>Break down</translation>
    </message>
    <message>
        <source>拆分没有成功</source>
        <translation>The breakdown failed</translation>
    </message>
    <message>
        <source>按{dim}拆分</source>
        <translation>By {dim}</translation>
    </message>
    <message>
        <source>换一种拆法再换回来时重取。</source>
        <translation>Choose another breakdown and come back to ask again.</translation>
    </message>
    <message>
        <source>收起</source>
        <translation>Collapse</translation>
    </message>
    <message>
        <source>断线时不能反查</source>
        <translation>Offline: tickets cannot be shown</translation>
    </message>
    <message>
        <source>来自 {kpi} {part}</source>
        <translation>From {kpi}, {part}</translation>
    </message>
    <message>
        <source>正在取清单</source>
        <translation>Fetching the list</translation>
    </message>
    <message>
        <source>正在拆分</source>
        <translation>Breaking down</translation>
    </message>
    <message>
        <source>清单与数字相符，共 {n} 条</source>
        <translation>List agrees with the figure, {n} in all</translation>
    </message>
    <message>
        <source>清单为空</source>
        <translation>The list is empty</translation>
    </message>
    <message>
        <source>清单比看板的数新，按 R 重算看板</source>
        <translation>The list is newer than the board, R to refresh the board</translation>
    </message>
    <message>
        <source>，</source>
        <translation>, </translation>
    </message>
</context>
<context>
    <name>BoardPanels</name>
    <message>
        <source>18 天走势</source>
        <translation>18-day trend</translation>
    </message>
    <message>
        <source>{rate} · 目标 {target}%</source>
        <translation>{rate} · target {target}%</translation>
    </message>
    <message>
        <source>下次统计时自动重试</source>
        <translation>Asked again with the next count</translation>
    </message>
    <message>
        <source>今日每小时</source>
        <translation>Today by hour</translation>
    </message>
    <message>
        <source>值 · {compare}</source>
        <translation>value · {compare}</translation>
    </message>
    <message>
        <source>其他指标</source>
        <translation>Other rates</translation>
    </message>
    <message>
        <source>加权分 · 名次含误差</source>
        <translation>weighted score · ranks with error</translation>
    </message>
    <message>
        <source>单位榜单</source>
        <translation>Units, one list</translation>
    </message>
    <message>
        <source>反复热点</source>
        <translation>Repeat spots</translation>
    </message>
    <message>
        <source>反复热点没有统计到</source>
        <translation>Repeat spots could not be counted</translation>
    </message>
    <message>
        <source>各级办结占比</source>
        <translation>Closed by level</translation>
    </message>
    <message>
        <source>同地同类 · 比前 {n} 期</source>
        <translation>same place and kind · periods compared: {n}</translation>
    </message>
    <message>
        <source>在办龄期</source>
        <translation>Age of open tickets</translation>
    </message>
    <message>
        <source>尚无可比的往期</source>
        <translation>no earlier period to compare</translation>
    </message>
    <message>
        <source>换一个时段看看。</source>
        <translation>Try another period.</translation>
    </message>
    <message>
        <source>来源</source>
        <translation>Source</translation>
    </message>
    <message>
        <source>来源构成</source>
        <translation>By source</translation>
    </message>
    <message>
        <source>每日受理与结案</source>
        <translation>Accepted and closed by day</translation>
    </message>
    <message>
        <source>没有同一地点反复出现的同类事项。</source>
        <translation>Nothing came up again and again at one place.</translation>
    </message>
    <message>
        <source>没有在办的工单。</source>
        <translation>No open tickets.</translation>
    </message>
    <message>
        <source>灰带 前四周</source>
        <translation>Grey: last 4 weeks</translation>
    </message>
    <message>
        <source>灰带 前四周同日</source>
        <translation>band: same day, last 4 weeks</translation>
    </message>
    <message>
        <source>街道榜单</source>
        <translation>Towns, one list</translation>
    </message>
    <message>
        <source>还没有到期的工单，到期后按日画出走势。</source>
        <translation>No ticket was due yet; then the trend is drawn by day.</translation>
    </message>
    <message>
        <source>这段时间没有到期的工单。{then}</source>
        <translation>No ticket was due in this period. {then}</translation>
    </message>
    <message>
        <source>这段时间没有受理的工单。{then}</source>
        <translation>No ticket was accepted in this period. {then}</translation>
    </message>
    <message>
        <source>这段时间没有结案的工单。</source>
        <translation>Nothing was closed in this period.</translation>
    </message>
    <message>
        <source>龄期</source>
        <translation>Age</translation>
    </message>
</context>
<context>
    <name>BreakdownModel</name>
    <message>
        <source>值</source>
        <translation>Value</translation>
    </message>
    <message>
        <source>分子 / 分母</source>
        <translation>n / N</translation>
    </message>
    <message>
        <source>剔除</source>
        <translation>Excluded</translation>
    </message>
</context>
<context>
    <name>BulkControl</name>
    <message>
        <source> · 10 秒内 Ctrl Z 撤回整批</source>
        <translation> · Ctrl Z takes the batch back within 10 s</translation>
    </message>
    <message>
        <source>{verb} {n} 件</source>
        <translation>{verb}: {n}</translation>
    </message>
    <message>
        <source>下一步</source>
        <translation>Next</translation>
    </message>
    <message>
        <source>列表中的</source>
        <translation>those of the list</translation>
    </message>
    <message>
        <source>列表有 {n} 件，一次最多办 {most} 件；请先筛选，或用空格选中</source>
        <translation>The list has {n}, at most {most} at once: filter first, or mark some with Space</translation>
    </message>
    <message>
        <source>列表里没有工单可批量办理</source>
        <translation>No tickets in the list to act on</translation>
    </message>
    <message>
        <source>办什么</source>
        <translation>Action</translation>
    </message>
    <message>
        <source>对{what} {n} 件，下一步先预览，不会直接发出</source>
        <translation>On {what}: {n}. The next step is a preview, nothing is sent yet</translation>
    </message>
    <message>
        <source>已发出{verb} {n} 件，结果见各行</source>
        <translation>Sent, {verb}: {n}; the rows show what became of each</translation>
    </message>
    <message>
        <source>已选 {n} 件 · Ctrl B 批量办理 · Esc 取消选择</source>
        <translation>Chosen: {n} · Ctrl B act on all · Esc clears</translation>
    </message>
    <message>
        <source>已选 {n} 件 · M 对照并案 · Ctrl B 批量办理 · Esc 取消选择</source>
        <translation>Marked: {n} · M merge, side by side · Ctrl B act on them · Esc let go</translation>
    </message>
    <message>
        <source>批量办理</source>
        <translation>Act on many</translation>
    </message>
    <message>
        <source>本席对这些工单没有可批量办理的操作</source>
        <translation>This seat has no action for these tickets</translation>
    </message>
    <message>
        <source>正在撤回 {n} 件</source>
        <translation>Taking back: {n}</translation>
    </message>
    <message>
        <source>确认后发出；他人先改动的由服务器逐件拒绝</source>
        <translation>Sent once you confirm; what others changed first the server refuses one by one</translation>
    </message>
    <message>
        <source>选中的</source>
        <translation>the chosen ones</translation>
    </message>
    <message>
        <source>预览</source>
        <translation>Preview</translation>
    </message>
    <message>
        <source>；{m} 件已不能撤回</source>
        <translation>; too late for: {m}</translation>
    </message>
    <message>
        <source>；{m} 件没有发出</source>
        <translation>; not sent: {m}</translation>
    </message>
</context>
<context>
    <name>ButtonRow</name>
    <message>
        <source>更多</source>
        <translation>More</translation>
    </message>
</context>
<context>
    <name>CalendarControl</name>
    <message>
        <source>上班</source>
        <translation>worked</translation>
    </message>
    <message>
        <source>安排</source>
        <translation>Arrangement</translation>
    </message>
    <message>
        <source>按法定安排</source>
        <translation>as the law has it</translation>
    </message>
    <message>
        <source>放假</source>
        <translation>day off</translation>
    </message>
    <message>
        <source>日期</source>
        <translation>Day</translation>
    </message>
    <message>
        <source>每个工作日的上班时段</source>
        <translation>Office hours of every working day</translation>
    </message>
    <message>
        <source>没有变化</source>
        <translation>nothing changes</translation>
    </message>
    <message>
        <source>试算没有完成：{why}</source>
        <translation>The trial was not completed: {why}</translation>
    </message>
    <message>
        <source>请写成 08:30-12:00 13:30-17:30 这样的时段：从早到晚，不重叠，不过 24:00</source>
        <translation>Write spans such as 08:30-12:00 13:30-17:30: in order, not overlapping, none after 24:00</translation>
    </message>
    <message>
        <source>这样改后没有工作日可算时限</source>
        <translation>no working day would be left to count limits with</translation>
    </message>
</context>
<context>
    <name>CameraGrid</name>
    <message>
        <source>视频画面</source>
        <translation>Camera pictures</translation>
    </message>
</context>
<context>
    <name>CameraPanel</name>
    <message>
        <source>/ {n} 路</source>
        <translation>/ {n}</translation>
    </message>
    <message>
        <source>全区视频</source>
        <translation>All cameras</translation>
    </message>
    <message>
        <source>全区视频 {n} / {total}</source>
        <translation>All cameras {n} / {total}</translation>
    </message>
    <message>
        <source>实时码流</source>
        <translation>Live streams</translation>
    </message>
    <message>
        <source>实时码流 {n} / {limit} 路</source>
        <translation>Live streams {n} / {limit}</translation>
    </message>
    <message>
        <source>本屏 {n} 路</source>
        <translation>This screen {n}</translation>
    </message>
</context>
<context>
    <name>CameraPart</name>
    <message>
        <source>覆盖的在前</source>
        <translation>covering ones first</translation>
    </message>
    <message>
        <source>附近视频</source>
        <translation>Cameras nearby</translation>
    </message>
</context>
<context>
    <name>CameraWallWindow</name>
    <message>
        <source>本组没有视频，在导播里添加</source>
        <translation>No cameras in this group, add them in the wall director</translation>
    </message>
    <message>
        <source>没有登记视频。请管理员导入点位表。</source>
        <translation>No camera is registered. Ask the administrator to import the register.</translation>
    </message>
    <message>
        <source>视频墙</source>
        <translation>Camera wall</translation>
    </message>
    <message>
        <source>还没有收到视频点位表，收到后自动显示</source>
        <translation>The register of cameras has not come yet</translation>
    </message>
</context>
<context>
    <name>CameraWindow</name>
    <message>
        <source> · 轮巡中</source>
        <translation> · touring</translation>
    </message>
    <message>
        <source>停止轮巡</source>
        <translation>Stop tour</translation>
    </message>
    <message>
        <source>可查看的角色：{roles}</source>
        <translation>Roles that may see it: {roles}</translation>
    </message>
    <message>
        <source>在此建单</source>
        <translation>New ticket here</translation>
    </message>
    <message>
        <source>截图入工单</source>
        <translation>Still to ticket</translation>
    </message>
    <message>
        <source>把一格拖到另一格上，两格互换</source>
        <translation>Drag a cell onto another: the two change places</translation>
    </message>
    <message>
        <source>放大</source>
        <translation>Zoom in</translation>
    </message>
    <message>
        <source>朝向 {d}° · 张角 {a}° · {r} 米</source>
        <translation>Heading {d}° · angle {a}° · {r} m</translation>
    </message>
    <message>
        <source>未登录</source>
        <translation>Not signed in</translation>
    </message>
    <message>
        <source>次序没有存下：{reason}</source>
        <translation>Order not saved: {reason}</translation>
    </message>
    <message>
        <source>没有对应的工单，先在队列或地图打开一件</source>
        <translation>No ticket for it: open one in the queue or on the map first</translation>
    </message>
    <message>
        <source>没有断开</source>
        <translation>it is connected</translation>
    </message>
    <message>
        <source>没有登记视频。请管理员导入点位表。</source>
        <translation>No cameras on file. An admin imports the list.</translation>
    </message>
    <message>
        <source>没有选中视频</source>
        <translation>no camera is selected</translation>
    </message>
    <message>
        <source>演示画面</source>
        <translation>Demo picture</translation>
    </message>
    <message>
        <source>立即重连</source>
        <translation>Reconnect now</translation>
    </message>
    <message>
        <source>第 {n} 组，共 {total} 组</source>
        <translation>Group {n} / {total}</translation>
    </message>
    <message>
        <source>缩回</source>
        <translation>Shrink</translation>
    </message>
    <message>
        <source>视频墙</source>
        <translation>Cameras</translation>
    </message>
    <message>
        <source>调整次序</source>
        <translation>Reorder</translation>
    </message>
    <message>
        <source>轮巡</source>
        <translation>Tour</translation>
    </message>
    <message>
        <source>还没有收到视频点位表，收到后自动显示</source>
        <translation>The register of cameras has not come yet; it shows by itself</translation>
    </message>
    <message>
        <source>锁定次序</source>
        <translation>Lock order</translation>
    </message>
</context>
<context>
    <name>CaseCard</name>
    <message>
        <source>内容</source>
        <translation>What it said</translation>
    </message>
    <message>
        <source>差在哪里</source>
        <translation>What differs</translation>
    </message>
    <message>
        <source>打开工单</source>
        <translation>Open ticket</translation>
    </message>
    <message>
        <source>放弃</source>
        <translation>Give up</translation>
    </message>
    <message>
        <source>本席的命令</source>
        <translation>Your command</translation>
    </message>
    <message>
        <source>没有关联工单</source>
        <translation>no ticket belongs to it</translation>
    </message>
    <message>
        <source>现在</source>
        <translation>Now</translation>
    </message>
    <message>
        <source>给出时</source>
        <translation>When given</translation>
    </message>
    <message>
        <source>还在等联机</source>
        <translation>it still waits for the line</translation>
    </message>
    <message>
        <source>这件事</source>
        <translation>This case</translation>
    </message>
    <message>
        <source>重做</source>
        <translation>Do again</translation>
    </message>
</context>
<context>
    <name>CenterPane</name>
    <message>
        <source>列表</source>
        <translation>List</translation>
    </message>
    <message>
        <source>参与单位</source>
        <translation>Units</translation>
    </message>
    <message>
        <source>来自工单 {tickets}</source>
        <translation>From tickets {tickets}</translation>
    </message>
    <message>
        <source>检查清单</source>
        <translation>Checklist</translation>
    </message>
    <message>
        <source>每单位单独计分：报到 {a}＋时限 {b}＋完成 {c}＋质量 {d}</source>
        <translation>Scored per unit: check-in {a} + on time {b} + complete {c} + quality {d}</translation>
    </message>
    <message>
        <source>联检 {id}</source>
        <translation>Inspection {id}</translation>
    </message>
</context>
<context>
    <name>ChangeList</name>
    <message>
        <source>变化，{n} 条</source>
        <translation>Changes: {n}</translation>
    </message>
</context>
<context>
    <name>ChartCard</name>
    <message>
        <source>Alt T 换成表格，Shift ← → 逐点读数</source>
        <translation>Alt T shows the table, Shift ← → reads point by point</translation>
    </message>
</context>
<context>
    <name>Chip</name>
    <message>
        <source>{text}，可移除</source>
        <translation>{text}, removable</translation>
    </message>
</context>
<context>
    <name>CommandBar</name>
    <message>
        <source>/ 命令，例如 /催办 区环卫所</source>
        <translation>/ command, e.g. /remind</translation>
    </message>
    <message>
        <source>命令</source>
        <translation>Command</translation>
    </message>
    <message>
        <source>执行</source>
        <translation>Run</translation>
    </message>
    <message>
        <source>补全</source>
        <translation>Complete</translation>
    </message>
    <message>
        <source>退出</source>
        <translation>Leave</translation>
    </message>
</context>
<context>
    <name>CommandBox</name>
    <message>
        <source>单号、地点、单位，或 / 开头的命令</source>
        <translation>Number, place, unit, or / command</translation>
    </message>
    <message>
        <source>搜索或命令 Ctrl K</source>
        <translation>Search or command, Ctrl K</translation>
    </message>
</context>
<context>
    <name>CommandControl</name>
    <message>
        <source> 发出 {verb}</source>
        <translation>: {verb}</translation>
    </message>
    <message>
        <source>Enter 到第一行</source>
        <translation>Enter: first row</translation>
    </message>
    <message>
        <source>Enter 打开“{verb}”的表单</source>
        <translation>Enter opens the form of &quot;{verb}&quot;</translation>
    </message>
    <message>
        <source>Tab 填入</source>
        <translation>Tab fills it in</translation>
    </message>
    <message>
        <source>{verb}未放开：{why}</source>
        <translation>{verb} not open: {why}</translation>
    </message>
    <message>
        <source>、</source>
        <translation>, </translation>
    </message>
    <message>
        <source>先选中一张工单，再输入命令</source>
        <translation>Select a ticket first, then give the command</translation>
    </message>
    <message>
        <source>可撤回 10 秒 · 记入日志</source>
        <translation>10 s to undo · goes on record</translation>
    </message>
    <message>
        <source>可用：{verbs}</source>
        <translation>Open here: {verbs}</translation>
    </message>
    <message>
        <source>哪个单位？{names}</source>
        <translation>Which unit? {names}</translation>
    </message>
    <message>
        <source>将对 </source>
        <translation>On </translation>
    </message>
    <message>
        <source>按单号、事项、地点、单位查找</source>
        <translation>Finds number, matter, place, unit</translation>
    </message>
    <message>
        <source>没有这个命令</source>
        <translation>No such command</translation>
    </message>
    <message>
        <source>没有这样的单位</source>
        <translation>No such unit</translation>
    </message>
    <message>
        <source>记入日志</source>
        <translation>goes on record</translation>
    </message>
    <message>
        <source>还须写明原因</source>
        <translation>A reason is needed</translation>
    </message>
    <message>
        <source>，“{text}”</source>
        <translation>, “{text}”</translation>
    </message>
    <message>
        <source>，单位 </source>
        <translation>, unit </translation>
    </message>
</context>
<context>
    <name>ComponentCard</name>
    <message>
        <source>主管部门</source>
        <translation>Department</translation>
    </message>
    <message>
        <source>位置</source>
        <translation>Place</translation>
    </message>
    <message>
        <source>养护单位</source>
        <translation>Maintainer</translation>
    </message>
    <message>
        <source>未选部件</source>
        <translation>No component chosen</translation>
    </message>
    <message>
        <source>权属单位</source>
        <translation>Owner</translation>
    </message>
    <message>
        <source>编号</source>
        <translation>Number</translation>
    </message>
    <message>
        <source>网格</source>
        <translation>Grid</translation>
    </message>
</context>
<context>
    <name>ComponentRegister</name>
    <message>
        <source>部件登记 第 {n} 版</source>
        <translation>Register of components, version {n}</translation>
    </message>
</context>
<context>
    <name>CountPlate</name>
    <message>
        <source>图内在办</source>
        <translation>Open in view</translation>
    </message>
</context>
<context>
    <name>CountTable</name>
    <message>
        <source>差</source>
        <translation>Change</translation>
    </message>
    <message>
        <source>现在</source>
        <translation>Now</translation>
    </message>
    <message>
        <source>离开时</source>
        <translation>When I left</translation>
    </message>
    <message>
        <source>离开时与现在</source>
        <translation>When I left and now</translation>
    </message>
</context>
<context>
    <name>DeskTickets</name>
    <message>
        <source>今日 {hour} 时受理</source>
        <translation>Accepted today, {hour}:00 to {hour}:59</translation>
    </message>
    <message>
        <source>在办龄期 {band}</source>
        <translation>Open, age {band}</translation>
    </message>
</context>
<context>
    <name>DeskWindow</name>
    <message>
        <source>{seat} 席</source>
        <translation>seat {seat}</translation>
    </message>
    <message>
        <source>交接</source>
        <translation>Handover</translation>
    </message>
    <message>
        <source>告警</source>
        <translation>Alarms</translation>
    </message>
    <message>
        <source>地图</source>
        <translation>Map</translation>
    </message>
    <message>
        <source>导播</source>
        <translation>Wall</translation>
    </message>
    <message>
        <source>已复制 {text}</source>
        <translation>Copied: {text}</translation>
    </message>
    <message>
        <source>态势</source>
        <translation>Today</translation>
    </message>
    <message>
        <source>未登录</source>
        <translation>Not signed in</translation>
    </message>
    <message>
        <source>没有选中可复制的内容</source>
        <translation>Nothing is selected that could be copied</translation>
    </message>
    <message>
        <source>清单</source>
        <translation>List</translation>
    </message>
    <message>
        <source>演示数据 · {source} · 环节与地点为模拟</source>
        <translation>Demo data · {source} · stages and places simulated</translation>
    </message>
    <message>
        <source>窗口</source>
        <translation>Windows</translation>
    </message>
    <message>
        <source>窗口 {n} / {total}</source>
        <translation>Window {n} of {total}</translation>
    </message>
    <message>
        <source>统计</source>
        <translation>KPI</translation>
    </message>
    <message>
        <source>联检</source>
        <translation>Joint</translation>
    </message>
    <message>
        <source>视频</source>
        <translation>Cameras</translation>
    </message>
    <message>
        <source>评价</source>
        <translation>Review</translation>
    </message>
    <message>
        <source>队列</source>
        <translation>Queue</translation>
    </message>
    <message>
        <source>需处理</source>
        <translation>Tray</translation>
    </message>
</context>
<context>
    <name>DetailPane</name>
    <message>
        <source>L 全部 {n} 条</source>
        <translation>L all {n}</translation>
    </message>
    <message>
        <source>{n} / {total} 已报到</source>
        <translation>{n} / {total} checked in</translation>
    </message>
    <message>
        <source>{n} 个席位也在看</source>
        <translation>Seats that look on, too: {n}</translation>
    </message>
    <message>
        <source>{seats} 席也在看</source>
        <translation>Also viewed by seat {seats}</translation>
    </message>
    <message>
        <source>、</source>
        <translation>, </translation>
    </message>
    <message>
        <source>依据</source>
        <translation>Basis</translation>
    </message>
    <message>
        <source>催办 {n} 次</source>
        <translation>Reminded ×{n}</translation>
    </message>
    <message>
        <source>参与单位</source>
        <translation>Units</translation>
    </message>
    <message>
        <source>只增不改</source>
        <translation>append only</translation>
    </message>
    <message>
        <source>回退 {n} 次</source>
        <translation>Returned ×{n}</translation>
    </message>
    <message>
        <source>尚未派遣</source>
        <translation>Not dispatched yet</translation>
    </message>
    <message>
        <source>工单详情</source>
        <translation>Ticket details</translation>
    </message>
    <message>
        <source>演示：环节与地点为模拟</source>
        <translation>Demo: stages and places simulated</translation>
    </message>
    <message>
        <source>第 {n} 轮</source>
        <translation>Round {n}</translation>
    </message>
    <message>
        <source>记录</source>
        <translation>Record</translation>
    </message>
    <message>
        <source>选中一张工单，这里显示时限、环节、单位、记录和可办的操作。J K 上下移动。</source>
        <translation>Select a ticket to see its limits, stages, units, record and what can be done. J K move up and down.</translation>
    </message>
    <message>
        <source>问题工单</source>
        <translation>Problem ticket</translation>
    </message>
</context>
<context>
    <name>DirectorWindow</name>
    <message>
        <source>大屏导播</source>
        <translation>Wall director</translation>
    </message>
    <message>
        <source>正在回看，Esc 回到现在</source>
        <translation>Looking back, Esc returns to now</translation>
    </message>
    <message>
        <source>没有工单、视频或地点叫 {text}</source>
        <translation>No ticket, camera or place is called {text}</translation>
    </message>
</context>
<context>
    <name>EntryList</name>
    <message>
        <source>{name}，{n} 条</source>
        <translation>{name}: {n}</translation>
    </message>
</context>
<context>
    <name>ErrorTeller</name>
    <message>
        <source>本机程序出错 {n} 次（自启动），详见日志</source>
        <translation>Errors of this program since its start: {n}, see its log</translation>
    </message>
</context>
<context>
    <name>EvaluationWindow</name>
    <message>
        <source> · 结案太多，只看最近的</source>
        <translation> · too many closings, the latest only</translation>
    </message>
    <message>
        <source>↑↓ 选择，Enter 打开工单窗口</source>
        <translation>↑↓ choose, Enter opens the ticket window</translation>
    </message>
    <message>
        <source>只有超期结案可申诉，一次；两人复核都同意才成立</source>
        <translation>Only a late closing can be appealed, once; granted when two reviewers agree</translation>
    </message>
    <message>
        <source>回访</source>
        <translation>Call-backs</translation>
    </message>
    <message>
        <source>抽查</source>
        <translation>Spot checks</translation>
    </message>
    <message>
        <source>没有待回访的工单。工单结案后列在这里。</source>
        <translation>No ticket waits for a call-back. Closed tickets stand here.</translation>
    </message>
    <message>
        <source>没有申诉。超期结案的单位申诉后列在这里。</source>
        <translation>No appeal. Appeals of units that closed late stand here.</translation>
    </message>
    <message>
        <source>没有疑似简化办结的工单。结案后有信号的列在这里。</source>
        <translation>No suspected hollow closure. Closed tickets with signals stand here.</translation>
    </message>
    <message>
        <source>由服务器按种子抽取；总体、种子和结果一并记录，谁都可以重抽核对</source>
        <translation>The centre draws by the seed; frame, seed and draw are recorded, anybody can draw again</translation>
    </message>
    <message>
        <source>申诉</source>
        <translation>Appeals</translation>
    </message>
    <message>
        <source>疑似简化办结</source>
        <translation>Suspected hollow</translation>
    </message>
    <message>
        <source>评价</source>
        <translation>Evaluation</translation>
    </message>
</context>
<context>
    <name>Explorer</name>
    <message>
        <source>{name}目标 {target}</source>
        <translation>{name} target {target}</translation>
    </message>
    <message>
        <source>一分钟后自动再取，R 立刻再取。</source>
        <translation>Asked again in a minute, R asks at once.</translation>
    </message>
    <message>
        <source>上次没有取到，显示的是较早的数</source>
        <translation>the last time nothing came; figures are older</translation>
    </message>
    <message>
        <source>全部历史，逐日；率按到期，满意率按回访</source>
        <translation>Whole history by day; rates by due date, satisfaction by call-back</translation>
    </message>
    <message>
        <source>关闭</source>
        <translation>Close</translation>
    </message>
    <message>
        <source>按现在的数，不随回看</source>
        <translation>figures of now, not of the look back</translation>
    </message>
    <message>
        <source>放大走势</source>
        <translation>Trend</translation>
    </message>
    <message>
        <source>断线，接通后自动统计。</source>
        <translation>Offline. Figures come once connected.</translation>
    </message>
    <message>
        <source>正在统计</source>
        <translation>Counting</translation>
    </message>
    <message>
        <source>走势没有取到</source>
        <translation>The trend did not come</translation>
    </message>
    <message>
        <source>还没有可看的日子：受理第一张工单后这里有走势。</source>
        <translation>No days yet: the trend begins with the first accepted ticket.</translation>
    </message>
</context>
<context>
    <name>ExplorerChart</name>
    <message>
        <source>{n} 天</source>
        <translation>{n} d</translation>
    </message>
    <message>
        <source>← → 逐日读数，Shift ← → 平移，+ − 缩放，Home 全部，Alt T 换成表格</source>
        <translation>← → read day by day, Shift ← → pan, + − zoom, Home all, Alt T table</translation>
    </message>
    <message>
        <source>没有数据</source>
        <translation>No data</translation>
    </message>
</context>
<context>
    <name>FacetList</name>
    <message>
        <source>已选</source>
        <translation>on</translation>
    </message>
    <message>
        <source>未选</source>
        <translation>off</translation>
    </message>
</context>
<context>
    <name>FindWindow</name>
    <message>
        <source>、</source>
        <translation>, </translation>
    </message>
    <message>
        <source>共 {n} 件，按上报时间 · {ms} 毫秒 · 本机缓存</source>
        <translation>{n} in all, by time of report · {ms} ms · this machine&apos;s cache</translation>
    </message>
    <message>
        <source>共 {n} 件，显示最近上报的 {shown} 件 · {ms} 毫秒 · 本机缓存</source>
        <translation>{n} in all, the latest {shown} shown · {ms} ms · this machine&apos;s cache</translation>
    </message>
    <message>
        <source>单号、热线单号、地点、单位、事项，空格隔开为同时满足</source>
        <translation>Number, hotline number, place, unit, matter; words with spaces must all fit</translation>
    </message>
    <message>
        <source>本机缓存中的全部工单，断线也能查；已结的也在内。↓ 到结果，Enter 打开。</source>
        <translation>All tickets of this machine&apos;s cache, closed ones too, also without a line. ↓ to the results, Enter opens.</translation>
    </message>
    <message>
        <source>本机缓存里没有符合的工单。少输入几个词，或核对单号。</source>
        <translation>No such ticket in this machine&apos;s cache. Type fewer words or check the number.</translation>
    </message>
    <message>
        <source>查找工单</source>
        <translation>Find ticket</translation>
    </message>
    <message>
        <source>正在准备查找（首次约需几秒）</source>
        <translation>Preparing to find (a few seconds the first time)</translation>
    </message>
    <message>
        <source>清单、地点、单位里没有{words}；单号至少输入三位。诉求原文不在本机，不参与查找。</source>
        <translation>No item, place or unit holds {words}; type at least three characters of a number. What callers said is not on this machine and is not searched.</translation>
    </message>
    <message>
        <source>结果</source>
        <translation>Results</translation>
    </message>
</context>
<context>
    <name>FirstRun</name>
    <message>
        <source>一、选择服务器</source>
        <translation>1. Choose the server</translation>
    </message>
    <message>
        <source>三、屏宽与视距</source>
        <translation>3. Screen width and viewing distance</translation>
    </message>
    <message>
        <source>三、摆放窗口：拖到屏幕上，或在下面选</source>
        <translation>3. Drag windows onto screens, or choose below</translation>
    </message>
    <message>
        <source>三声都已播放。没有听到时请检查音箱和音量。</source>
        <translation>All three sounds were played. If you heard nothing, check loudspeaker and volume.</translation>
    </message>
    <message>
        <source>上一步</source>
        <translation>Back</translation>
    </message>
    <message>
        <source>下一步</source>
        <translation>Next</translation>
    </message>
    <message>
        <source>不放窗口</source>
        <translation>No window</translation>
    </message>
    <message>
        <source>主屏</source>
        <translation>Main wall</translation>
    </message>
    <message>
        <source>二、本机用作</source>
        <translation>2. What this computer is</translation>
    </message>
    <message>
        <source>令牌</source>
        <translation>Token</translation>
    </message>
    <message>
        <source>告警用三种声音叫人，一声比一声急。请听一遍，听不清就先调音量。</source>
        <translation>Alarms call with three sounds, each more pressing. Listen once; set the volume if they are hard to hear.</translation>
    </message>
    <message>
        <source>四、声音自检</source>
        <translation>4. Sound test</translation>
    </message>
    <message>
        <source>地址要以 ws:// 或 wss:// 开头，例如 ws://10.0.0.5:8700</source>
        <translation>The address starts with ws:// or wss://, for example ws://10.0.0.5:8700</translation>
    </message>
    <message>
        <source>声音没能播放：请检查声音设备，可稍后按 Ctrl M 再自检。</source>
        <translation>The sound could not be played: check the sound device; Ctrl M tests again later.</translation>
    </message>
    <message>
        <source>声音自检</source>
        <translation>Test the sound</translation>
    </message>
    <message>
        <source>大屏不用登录：开机即显示导播设定的画面，断线保持最后场景。令牌的角色须为 wall。</source>
        <translation>A wall needs no login: it shows what the director set as soon as it starts, and keeps the last scene without a line. The token&apos;s role must be wall.</translation>
    </message>
    <message>
        <source>大屏主机</source>
        <translation>Wall computer</translation>
    </message>
    <message>
        <source>大屏名称</source>
        <translation>Name of the wall</translation>
    </message>
    <message>
        <source>屏 {number} · {name} · {width}×{height}</source>
        <translation>Screen {number} · {name} · {width}×{height}</translation>
    </message>
    <message>
        <source>屏 {number} 的窗口</source>
        <translation>Window on screen {number}</translation>
    </message>
    <message>
        <source>屏宽（米）</source>
        <translation>Width (m)</translation>
    </message>
    <message>
        <source>席位</source>
        <translation>Seat</translation>
    </message>
    <message>
        <source>开始</source>
        <translation>Start</translation>
    </message>
    <message>
        <source>改用演示数据</source>
        <translation>Use the demo data</translation>
    </message>
    <message>
        <source>最小字 {px} px</source>
        <translation>smallest text {px} px</translation>
    </message>
    <message>
        <source>服务器地址</source>
        <translation>Server address</translation>
    </message>
    <message>
        <source>正在播放第 {n} 声</source>
        <translation>Playing sound {n}</translation>
    </message>
    <message>
        <source>正在连接服务器…</source>
        <translation>Connecting to the server…</translation>
    </message>
    <message>
        <source>没有可用的声音设备：告警不会响。接上音箱后自动启用，可稍后按 Ctrl M 再自检。</source>
        <translation>No sound device: alarms will be silent. A loudspeaker is used as soon as it is plugged in; Ctrl M tests again later.</translation>
    </message>
    <message>
        <source>演示在本机重放一天的真实工单，各窗口都注明演示。</source>
        <translation>The demo replays a recorded day on this computer; every window says so.</translation>
    </message>
    <message>
        <source>由管理员签发，一次即可</source>
        <translation>Issued by the administrator, needed once</translation>
    </message>
    <message>
        <source>联动 · 首次使用</source>
        <translation>Liandong · first start</translation>
    </message>
    <message>
        <source>视距（米）</source>
        <translation>Distance (m)</translation>
    </message>
    <message>
        <source>角色和席位由令牌决定，接通后显示在窗口顶部。</source>
        <translation>Role and seat come with the token and stand at the top of every window.</translation>
    </message>
    <message>
        <source>请填令牌：在服务器上运行 liandong backend token 签发，或改用演示数据</source>
        <translation>Enter the token: run liandong backend token on the server, or use the demo data</translation>
    </message>
    <message>
        <source>请给大屏起个名称，导播按它找到这面墙</source>
        <translation>Give the wall a name: directors find it by it</translation>
    </message>
    <message>
        <source>请至少放一个窗口</source>
        <translation>Place at least one window</translation>
    </message>
    <message>
        <source>这个令牌的角色是{role}，不能坐席：按 Esc 回上一步换值班人员的令牌</source>
        <translation>The role of this token is {role}, which has no seat: Esc goes back, take the token of a person on duty</translation>
    </message>
    <message>
        <source>这个令牌的角色是{role}，大屏要用角色为 wall 的令牌：按 Esc 回上一步换令牌，或改选席位</source>
        <translation>The role of this token is {role}, but a wall needs one of role wall: Esc goes back to change it, or choose Seat</translation>
    </message>
</context>
<context>
    <name>HandoverWindow</name>
    <message>
        <source>{n} 条</source>
        <translation>{n}</translation>
    </message>
    <message>
        <source>{out} 交 {into}</source>
        <translation>{out} to {into}</translation>
    </message>
    <message>
        <source>不能再改</source>
        <translation>It cannot be changed any more</translation>
    </message>
    <message>
        <source>交接班</source>
        <translation>Shift handover</translation>
    </message>
    <message>
        <source>交班未签，班已结束 {age}</source>
        <translation>Not signed, the shift ended {age} ago</translation>
    </message>
    <message>
        <source>原因</source>
        <translation>Reason</translation>
    </message>
    <message>
        <source>双方已签</source>
        <translation>Both have signed</translation>
    </message>
    <message>
        <source>可查看的角色：值班长、派遣员</source>
        <translation>Roles that may: shift leader, dispatcher</translation>
    </message>
    <message>
        <source>报告有变化时重取。</source>
        <translation>Fetched again when the report changes.</translation>
    </message>
    <message>
        <source>报告正在由日志起草</source>
        <translation>The report is being drafted from the log</translation>
    </message>
    <message>
        <source>报告里手写的话没有取到</source>
        <translation>What was written into the report did not come</translation>
    </message>
    <message>
        <source>本席无权查看交接班</source>
        <translation>This seat may not see handovers</translation>
    </message>
    <message>
        <source>正在登录</source>
        <translation>Logging in</translation>
    </message>
    <message>
        <source>添加一项</source>
        <translation>Add an item</translation>
    </message>
    <message>
        <source>现在没有待交接的班。{shift}到 {end}，交给{next}。</source>
        <translation>No shift is to be handed over now. {shift} lasts until {end} and goes to {next}.</translation>
    </message>
    <message>
        <source>现在起草 B</source>
        <translation>Draft now B</translation>
    </message>
    <message>
        <source>班次结束前 30 分钟自动起草；也可现在开始</source>
        <translation>Drafted by itself 30 minutes before the shift ends; it can be begun now, too</translation>
    </message>
    <message>
        <source>由数据起草 {at}，改过 {n} 处{late}</source>
        <translation>Drafted {at}, edits {n}{late}</translation>
    </message>
    <message>
        <source>确定</source>
        <translation>OK</translation>
    </message>
    <message>
        <source>移除这一项（仍会列出，注明由谁）</source>
        <translation>Remove this item (it stays listed, with who did it)</translation>
    </message>
    <message>
        <source>签名交班</source>
        <translation>Sign and give</translation>
    </message>
    <message>
        <source>签名前，告警与派遣仍由上一班负责</source>
        <translation>Until both have signed, alarms and dispatch stay with the outgoing shift</translation>
    </message>
    <message>
        <source>签名接班</source>
        <translation>Sign and take</translation>
    </message>
    <message>
        <source>签后改动会使签名作废</source>
        <translation>A change voids the signatures</translation>
    </message>
    <message>
        <source>编辑这一项</source>
        <translation>Edit this item</translation>
    </message>
    <message>
        <source>起草好后自动显示</source>
        <translation>Shown by itself when it is there</translation>
    </message>
    <message>
        <source>还差：复述 {items} 项、核对 {checks} 项</source>
        <translation>Missing: {items} read-backs, {checks} checks</translation>
    </message>
    <message>
        <source>；离线，签名待联机</source>
        <translation>; offline, signing waits for the line</translation>
    </message>
</context>
<context>
    <name>Head</name>
    <message>
        <source>{count} 处待应用</source>
        <translation>{count} staged</translation>
    </message>
    <message>
        <source>{left} 秒内可还原</source>
        <translation>Undo within {left} s</translation>
    </message>
    <message>
        <source>取得控制</source>
        <translation>Take control</translation>
    </message>
    <message>
        <source>只有{roles}可导播</source>
        <translation>Only {roles} lead walls</translation>
    </message>
    <message>
        <source>墙面</source>
        <translation>The wall</translation>
    </message>
    <message>
        <source>应用到墙</source>
        <translation>Apply to wall</translation>
    </message>
    <message>
        <source>接管控制</source>
        <translation>Take control</translation>
    </message>
    <message>
        <source>控制权在别的席位</source>
        <translation>Another seat has the control</translation>
    </message>
    <message>
        <source>放下控制</source>
        <translation>Release control</translation>
    </message>
    <message>
        <source>没有可还原的更改</source>
        <translation>Nothing to undo</translation>
    </message>
    <message>
        <source>没有待应用的更改</source>
        <translation>Nothing is staged</translation>
    </message>
    <message>
        <source>没有登记的大屏</source>
        <translation>no wall is registered</translation>
    </message>
    <message>
        <source>申请控制</source>
        <translation>Ask for control</translation>
    </message>
    <message>
        <source>移交控制</source>
        <translation>Hand over control</translation>
    </message>
    <message>
        <source>等待答复</source>
        <translation>Waiting for an answer</translation>
    </message>
    <message>
        <source>还原</source>
        <translation>Undo</translation>
    </message>
</context>
<context>
    <name>Headline</name>
    <message>
        <source>一项需关注</source>
        <translation>One to watch</translation>
    </message>
    <message>
        <source>三项需关注</source>
        <translation>Three to watch</translation>
    </message>
    <message>
        <source>两项需关注</source>
        <translation>Two to watch</translation>
    </message>
    <message>
        <source>另 {n} 项</source>
        <translation>+{n}</translation>
    </message>
    <message>
        <source>运行平稳</source>
        <translation>All on track</translation>
    </message>
</context>
<context>
    <name>HollowTab</name>
    <message>
        <source>信号只是再看一眼的理由，不是结论；依据见右。缺照片在打开时核对，结果雷同只比对最近 {n} 件结案</source>
        <translation>A signal is a reason to look again, no finding; its evidence stands at the right. Photos are checked when opened; results are compared among the latest closings only: {n}</translation>
    </message>
    <message>
        <source>再选中时重查。</source>
        <translation>Select it again to ask again.</translation>
    </message>
    <message>
        <source>列表刷新时再比。</source>
        <translation>Compared again when the list refreshes.</translation>
    </message>
    <message>
        <source>照片没有查到</source>
        <translation>Photos could not be looked up</translation>
    </message>
    <message>
        <source>结果雷同没有比对</source>
        <translation>Results that read alike were not compared</translation>
    </message>
</context>
<context>
    <name>HotspotList</name>
    <message>
        <source>{n} 倍</source>
        <translation>×{n}</translation>
    </message>
</context>
<context>
    <name>HourBars</name>
    <message>
        <source>每小时受理</source>
        <translation>Accepted per hour</translation>
    </message>
</context>
<context>
    <name>HourlyChart</name>
    <message>
        <source>每小时受理与结案，{words}</source>
        <translation>Accepted and closed by hour, {words}</translation>
    </message>
</context>
<context>
    <name>InlineForm</name>
    <message>
        <source>{name} 要写成 2026-03-25 这样的日期</source>
        <translation>{name} is a date like 2026-03-25</translation>
    </message>
    <message>
        <source>、</source>
        <translation>, </translation>
    </message>
    <message>
        <source>取消</source>
        <translation>Cancel</translation>
    </message>
    <message>
        <source>请填写：{names}</source>
        <translation>Please fill in: {names}</translation>
    </message>
    <message>
        <source>请选择</source>
        <translation>Please choose</translation>
    </message>
</context>
<context>
    <name>InspectionList</name>
    <message>
        <source>联检与协办，{n} 次</source>
        <translation>Inspections, {n} in all</translation>
    </message>
</context>
<context>
    <name>InspectionWall</name>
    <message>
        <source>没有进行中的联合检查。发起后在此显示到场和检查进度。</source>
        <translation>No joint inspection is under way. Once planned, arrivals and progress stand here.</translation>
    </message>
    <message>
        <source>联合检查</source>
        <translation>Joint inspection</translation>
    </message>
    <message>
        <source>进行中 {n} / {total} 次</source>
        <translation>Under way {n} / {total}</translation>
    </message>
</context>
<context>
    <name>InspectionWindow</name>
    <message>
        <source> · 报到、记录、拍照先存本机，文书须联机</source>
        <translation> · check-in, findings, photos are kept here; papers need the line</translation>
    </message>
    <message>
        <source>与联动服务断开 {since} · 以下为 {as_of} 的情况</source>
        <translation>Server offline {since} · as of {as_of}</translation>
    </message>
    <message>
        <source>以下为 {as_of} 的情况</source>
        <translation>As of {as_of}</translation>
    </message>
    <message>
        <source>发起</source>
        <translation>New</translation>
    </message>
    <message>
        <source>可查看的角色：{roles}</source>
        <translation>Roles that may: {roles}</translation>
    </message>
    <message>
        <source>启动以来未接通</source>
        <translation>Not connected since start</translation>
    </message>
    <message>
        <source>本席无权查看</source>
        <translation>This seat may not see this</translation>
    </message>
    <message>
        <source>没有联合检查。发起后在此看到谁到了、查出什么、还缺什么。</source>
        <translation>No joint inspections. Once planned, this shows who came, what was found, what is missing.</translation>
    </message>
    <message>
        <source>联合检查</source>
        <translation>Joint inspection</translation>
    </message>
    <message>
        <source>还没有联检，发起后列在这里。</source>
        <translation>No joint inspection yet; once planned it stands here.</translation>
    </message>
</context>
<context>
    <name>KeysSheet</name>
    <message>
        <source>各窗口相同</source>
        <translation>The same in every window</translation>
    </message>
    <message>
        <source>本窗口的按键</source>
        <translation>Keys of this window</translation>
    </message>
</context>
<context>
    <name>KpiBoard</name>
    <message>
        <source>{n} 秒后自动重试</source>
        <translation>Next try in {n} s</translation>
    </message>
    <message>
        <source>只看一部分时没有这张图，按 F 看全部。</source>
        <translation>This chart is of everything only. Press F to see everything.</translation>
    </message>
    <message>
        <source>回看时没有这张表。</source>
        <translation>There is no such list while looking back.</translation>
    </message>
    <message>
        <source>断线，接通后自动统计。</source>
        <translation>Offline. Figures come once connected.</translation>
    </message>
    <message>
        <source>正在统计</source>
        <translation>Counting</translation>
    </message>
    <message>
        <source>统计没有成功</source>
        <translation>The figures could not be made</translation>
    </message>
    <message>
        <source>统计看板</source>
        <translation>KPI board</translation>
    </message>
</context>
<context>
    <name>KpiBoardWall</name>
    <message>
        <source>本月统计</source>
        <translation>This month</translation>
    </message>
    <message>
        <source>统计看板</source>
        <translation>KPI board</translation>
    </message>
</context>
<context>
    <name>KpiBoardWindow</name>
    <message>
        <source>统计看板</source>
        <translation>KPI board</translation>
    </message>
</context>
<context>
    <name>LaunchButton</name>
    <message>
        <source>{note} · 已打开</source>
        <translation>{note} · open</translation>
    </message>
</context>
<context>
    <name>Launcher</name>
    <message>
        <source>大屏</source>
        <translation>Wall</translation>
    </message>
    <message>
        <source>布局名称</source>
        <translation>Name of the layout</translation>
    </message>
    <message>
        <source>布局名称，回车保存当前窗口</source>
        <translation>Layout name, Enter keeps the windows as they are</translation>
    </message>
    <message>
        <source>席位</source>
        <translation>Desk</translation>
    </message>
    <message>
        <source>未登录</source>
        <translation>Not signed in</translation>
    </message>
    <message>
        <source>浅色</source>
        <translation>Light</translation>
    </message>
    <message>
        <source>深色</source>
        <translation>Dark</translation>
    </message>
    <message>
        <source>联动</source>
        <translation>Liandong</translation>
    </message>
</context>
<context>
    <name>Left</name>
    <message>
        <source>工单号、视频名或地名，回车送选中屏</source>
        <translation>Ticket, camera or place, Enter</translation>
    </message>
    <message>
        <source>拖到屏上，或按数字选屏、回车送上；Shift 回车加入轮播。上墙内容自动脱敏：来电人、电话、门牌不显示。</source>
        <translation>Drag onto a screen, or choose it by number and press Enter; Shift Enter adds to the rotation. The wall masks callers, phones and door numbers.</translation>
    </message>
    <message>
        <source>画面</source>
        <translation>Views</translation>
    </message>
    <message>
        <source>要上墙的工单、视频或地点</source>
        <translation>Ticket, camera or place for the wall</translation>
    </message>
</context>
<context>
    <name>LeftPane</name>
    <message>
        <source>临期以上</source>
        <translation>Risk+</translation>
    </message>
    <message>
        <source>养老与便民设施</source>
        <translation>Care and services</translation>
    </message>
    <message>
        <source>到场力量（按报到）</source>
        <translation>Units by check-in</translation>
    </message>
    <message>
        <source>另有 {n} 件未落到街道</source>
        <translation>{n} more in no street</translation>
    </message>
    <message>
        <source>含 {n} 件无坐标，不在大图上</source>
        <translation>{n} of them without a place, not on the map</translation>
    </message>
    <message>
        <source>图层</source>
        <translation>Layers</translation>
    </message>
    <message>
        <source>图层与筛选</source>
        <translation>Layers and filters</translation>
    </message>
    <message>
        <source>在办</source>
        <translation>Open</translation>
    </message>
    <message>
        <source>工单</source>
        <translation>Tickets</translation>
    </message>
    <message>
        <source>工单筛选</source>
        <translation>Filter</translation>
    </message>
    <message>
        <source>时限</source>
        <translation>Limit</translation>
    </message>
    <message>
        <source>有工单后，在这里按紧急程度、时限、来源、街道筛选。</source>
        <translation>Once there are tickets, filter here by urgency, limit, source and town.</translation>
    </message>
    <message>
        <source>来源</source>
        <translation>Source</translation>
    </message>
    <message>
        <source>热力</source>
        <translation>Heat</translation>
    </message>
    <message>
        <source>瓦片底图</source>
        <translation>Tile map</translation>
    </message>
    <message>
        <source>紧急程度</source>
        <translation>Urgency</translation>
    </message>
    <message>
        <source>网格边界</source>
        <translation>Grid borders</translation>
    </message>
    <message>
        <source>联检现场</source>
        <translation>Joint inspections</translation>
    </message>
    <message>
        <source>蓝框为当前范围，点击街道跳转</source>
        <translation>Blue frame: this view. Click a town to go there</translation>
    </message>
    <message>
        <source>街道</source>
        <translation>Town</translation>
    </message>
    <message>
        <source>视图</source>
        <translation>Views</translation>
    </message>
    <message>
        <source>视图与筛选</source>
        <translation>Views and filters</translation>
    </message>
    <message>
        <source>视频与扇区</source>
        <translation>Cameras and sectors</translation>
    </message>
    <message>
        <source>超期</source>
        <translation>Overdue</translation>
    </message>
    <message>
        <source>超期未结 按街道</source>
        <translation>Overdue by town</translation>
    </message>
    <message>
        <source>部件</source>
        <translation>Components</translation>
    </message>
    <message>
        <source>重复高发点</source>
        <translation>Repeat spots</translation>
    </message>
    <message>
        <source>；</source>
        <translation>; </translation>
    </message>
</context>
<context>
    <name>Legend</name>
    <message>
        <source>到场力量，按报到</source>
        <translation>Unit on site, by check-in</translation>
    </message>
    <message>
        <source>图例</source>
        <translation>Legend</translation>
    </message>
    <message>
        <source>红环为特急</source>
        <translation>Red ring: top</translation>
    </message>
    <message>
        <source>视频扇区</source>
        <translation>Camera sector</translation>
    </message>
    <message>
        <source>部件</source>
        <translation>Components</translation>
    </message>
</context>
<context>
    <name>LevelMeter</name>
    <message>
        <source>目标 {target}</source>
        <translation>Target {target}</translation>
    </message>
</context>
<context>
    <name>Library</name>
    <message>
        <source>按权限</source>
        <translation>By right</translation>
    </message>
    <message>
        <source>画面：{title}</source>
        <translation>View: {title}</translation>
    </message>
    <message>
        <source>脱敏</source>
        <translation>Masked</translation>
    </message>
    <message>
        <source>还没有画面</source>
        <translation>no picture</translation>
    </message>
</context>
<context>
    <name>ListPane</name>
    <message>
        <source>发起</source>
        <translation>New</translation>
    </message>
    <message>
        <source>联检与协办</source>
        <translation>Inspections</translation>
    </message>
</context>
<context>
    <name>ListPanel</name>
    <message>
        <source>对整个列表</source>
        <translation>About the whole list</translation>
    </message>
</context>
<context>
    <name>ListWindow</name>
    <message>
        <source>{n} / {of} 条</source>
        <translation>Items: {n} of {of}</translation>
    </message>
    <message>
        <source>{n} 条</source>
        <translation>Items: {n}</translation>
    </message>
    <message>
        <source>{n} 版</source>
        <translation>Versions: {n}</translation>
    </message>
    <message>
        <source>从</source>
        <translation>From</translation>
    </message>
    <message>
        <source>修订</source>
        <translation>Revise</translation>
    </message>
    <message>
        <source>修订 {code}</source>
        <translation>Revise {code}</translation>
    </message>
    <message>
        <source>停用</source>
        <translation>Retire</translation>
    </message>
    <message>
        <source>停用 {code}</source>
        <translation>Retire {code}</translation>
    </message>
    <message>
        <source>停用后不再立新案，已立的案卷仍按原版本办理。</source>
        <translation>Nothing new is filed under it; filed tickets keep their version.</translation>
    </message>
    <message>
        <source>先选一条</source>
        <translation>choose one first</translation>
    </message>
    <message>
        <source>到</source>
        <translation>To</translation>
    </message>
    <message>
        <source>发布修订</source>
        <translation>Publish</translation>
    </message>
    <message>
        <source>发布草稿</source>
        <translation>Publish draft</translation>
    </message>
    <message>
        <source>已停用</source>
        <translation>Retired</translation>
    </message>
    <message>
        <source>恢复使用</source>
        <translation>Use again</translation>
    </message>
    <message>
        <source>恢复使用 {code}</source>
        <translation>Use {code} again</translation>
    </message>
    <message>
        <source>放弃草稿</source>
        <translation>Drop draft</translation>
    </message>
    <message>
        <source>新增</source>
        <translation>Added</translation>
    </message>
    <message>
        <source>新增条目</source>
        <translation>New item</translation>
    </message>
    <message>
        <source>正在发布，各席位随后更新</source>
        <translation>Publishing; all desks follow</translation>
    </message>
    <message>
        <source>比较</source>
        <translation>Compare</translation>
    </message>
    <message>
        <source>比较两版</source>
        <translation>Compare versions</translation>
    </message>
    <message>
        <source>没有变化</source>
        <translation>nothing changed</translation>
    </message>
    <message>
        <source>清单只有一版</source>
        <translation>the list has one version only</translation>
    </message>
    <message>
        <source>草稿</source>
        <translation>Draft</translation>
    </message>
    <message>
        <source>请选两个不同的版本</source>
        <translation>Choose two different versions</translation>
    </message>
    <message>
        <source>选一条，这里显示它的标准、用量和历次修订</source>
        <translation>Choose one to see its standard, use and revisions</translation>
    </message>
</context>
<context>
    <name>LoadCells</name>
    <message>
        <source>{count} / {limit} 格</source>
        <translation>{count} / {limit} cells</translation>
    </message>
</context>
<context>
    <name>LoadMeter</name>
    <message>
        <source>负荷 {count}/{limit}</source>
        <translation>Load {count}/{limit}</translation>
    </message>
</context>
<context>
    <name>LoadPane</name>
    <message>
        <source>{time} {what}，{n} 条并为 1 条</source>
        <translation>{time} {what}, merged from {n}</translation>
    </message>
    <message>
        <source>可接</source>
        <translation>can take</translation>
    </message>
    <message>
        <source>各席负荷</source>
        <translation>Load of each seat</translation>
    </message>
    <message>
        <source>本席</source>
        <translation>This seat</translation>
    </message>
    <message>
        <source>本席 10 分钟告警</source>
        <translation>Alarms of this seat, 10 min</translation>
    </message>
    <message>
        <source>每 10 分钟，近 4 小时</source>
        <translation>Per 10 min, last 4 hours</translation>
    </message>
    <message>
        <source>满 {flood} 条为泛滥：轻微级静音并汇总，只响严重与重要</source>
        <translation>{flood} are a flood: minor ones are summed up and silent, critical and major still ring</translation>
    </message>
</context>
<context>
    <name>LockBanner</name>
    <message>
        <source>恢复自动取景</source>
        <translation>frame all again</translation>
    </message>
    <message>
        <source>视图已锁定，刷新不移动地图</source>
        <translation>View locked: news do not move the map</translation>
    </message>
</context>
<context>
    <name>MapButtons</name>
    <message>
        <source>恢复自动取景</source>
        <translation>frame all again</translation>
    </message>
    <message>
        <source>放大</source>
        <translation>Zoom in</translation>
    </message>
    <message>
        <source>框选工单</source>
        <translation>Select by frame</translation>
    </message>
    <message>
        <source>缩小</source>
        <translation>Zoom out</translation>
    </message>
    <message>
        <source>量距 M</source>
        <translation>Measure M</translation>
    </message>
</context>
<context>
    <name>MapStage</name>
    <message>
        <source>回到实时</source>
        <translation>back to live</translation>
    </message>
    <message>
        <source>回看 {time} · 由现有记录与总时限推算，不是日志回放</source>
        <translation>Looking back at {time} · worked out from present records and whole limits, not replayed from the log</translation>
    </message>
    <message>
        <source>待受理 {n}</source>
        <translation>To accept {n}</translation>
    </message>
    <message>
        <source>无坐标 {n}</source>
        <translation>No place {n}</translation>
    </message>
    <message>
        <source>查找</source>
        <translation>Find</translation>
    </message>
    <message>
        <source>查找地点、网格、道路、工单</source>
        <translation>Find place, grid, road, ticket</translation>
    </message>
    <message>
        <source>结束量距</source>
        <translation>end measuring</translation>
    </message>
</context>
<context>
    <name>MapSurface</name>
    <message>
        <source>公里</source>
        <translation>km</translation>
    </message>
    <message>
        <source>地图</source>
        <translation>Map</translation>
    </message>
    <message>
        <source>米</source>
        <translation>m</translation>
    </message>
</context>
<context>
    <name>MapWindow</name>
    <message>
        <source>地图</source>
        <translation>Map</translation>
    </message>
    <message>
        <source>底图包 {date}</source>
        <translation>Map package {date}</translation>
    </message>
</context>
<context>
    <name>MatrixGrid</name>
    <message>
        <source>复查通过</source>
        <translation>re-check passed</translation>
    </message>
    <message>
        <source>已整改</source>
        <translation>rectified</translation>
    </message>
    <message>
        <source>检查清单</source>
        <translation>Checklist</translation>
    </message>
    <message>
        <source>记录中…</source>
        <translation>recording…</translation>
    </message>
</context>
<context>
    <name>MatrixHead</name>
    <message>
        <source>检查项</source>
        <translation>Item</translation>
    </message>
    <message>
        <source>责任单位</source>
        <translation>Unit</translation>
    </message>
</context>
<context>
    <name>MeasureControl</name>
    <message>
        <source>{n} 公里</source>
        <translation>{n} km</translation>
    </message>
    <message>
        <source>{n} 米</source>
        <translation>{n} m</translation>
    </message>
    <message>
        <source>量距 {length}，{n} 个点，直线距离</source>
        <translation>Measured {length}, points: {n}, straight lines</translation>
    </message>
    <message>
        <source>量距：点图或按 Enter（取中心十字）落点，Backspace 撤一点</source>
        <translation>Measure: click or Enter (at the cross) sets a point, Backspace takes one back</translation>
    </message>
</context>
<context>
    <name>MergeMarked</name>
    <message>
        <source>并案一次对照两件，现选中 {n} 件；请用空格选两件</source>
        <translation>Two tickets are compared before a merge; marked: {n}. Mark two with Space</translation>
    </message>
</context>
<context>
    <name>MergePane</name>
    <message>
        <source>不能并入 {id}：{why}</source>
        <translation>Cannot be merged into {id}: {why}</translation>
    </message>
    <message>
        <source>主案，继续办理</source>
        <translation>Main case, goes on</translation>
    </message>
    <message>
        <source>其他单号</source>
        <translation>Another number</translation>
    </message>
    <message>
        <source>其他单号，写在下面</source>
        <translation>Another number, written below</translation>
    </message>
    <message>
        <source>写下要并入的单号，两单在这里对照。</source>
        <translation>Write the number to merge into; both tickets are compared here.</translation>
    </message>
    <message>
        <source>在办工单里没有 {id}，或不在本席范围内，不能并入；请核对单号。</source>
        <translation>There is no open ticket {id}, or it is outside this seat&apos;s scope; check the number.</translation>
    </message>
    <message>
        <source>并入</source>
        <translation>Merge into</translation>
    </message>
    <message>
        <source>并案</source>
        <translation>Merge</translation>
    </message>
    <message>
        <source>本单，将结束</source>
        <translation>This ticket, ends</translation>
    </message>
    <message>
        <source>说明</source>
        <translation>Remarks</translation>
    </message>
</context>
<context>
    <name>Middle</name>
    <message>
        <source> · 当时在办 {open} · 超期 {overdue} · 按期结案率 {rate}%</source>
        <translation> · open then {open} · overdue {overdue} · on-time closure rate {rate}%</translation>
    </message>
    <message>
        <source>{clock} 的墙面没有取到</source>
        <translation>The wall at {clock} did not come</translation>
    </message>
    <message>
        <source>{count} 处，列出前 {rows} 处，墙上未变</source>
        <translation>screens to change: {count}, first {rows} listed; the wall is as before</translation>
    </message>
    <message>
        <source>{count} 处，墙上未变</source>
        <translation>screens to change: {count}; the wall is as before</translation>
    </message>
    <message>
        <source>{n} 秒后自动再取。</source>
        <translation>Asked again every {n} s.</translation>
    </message>
    <message>
        <source>再点这一刻重取，Esc 回到现在。</source>
        <translation>Click that moment to ask again, Esc for now.</translation>
    </message>
    <message>
        <source>变更记录没有取到</source>
        <translation>The record of changes did not come</translation>
    </message>
    <message>
        <source>场景</source>
        <translation>Scenes</translation>
    </message>
    <message>
        <source>场景名称</source>
        <translation>Name of the scene</translation>
    </message>
    <message>
        <source>场景名称，回车保存现在的画面</source>
        <translation>Scene name, Enter keeps it</translation>
    </message>
    <message>
        <source>墙上：{text} · 到 {until} · {who}</source>
        <translation>On the wall: {text} · until {until} · {who}</translation>
    </message>
    <message>
        <source>墙面回看</source>
        <translation>Look back</translation>
    </message>
    <message>
        <source>墙面图没有取到</source>
        <translation>The pictures of the wall did not come</translation>
    </message>
    <message>
        <source>当时：{text} · 到 {until} · {who}</source>
        <translation>Then: {text} · until {until} · {who}</translation>
    </message>
    <message>
        <source>待应用</source>
        <translation>Staged</translation>
    </message>
    <message>
        <source>控制权在别的席位</source>
        <translation>Another seat has the control</translation>
    </message>
    <message>
        <source>正在回看，Esc 回到现在</source>
        <translation>Looking back, Esc returns to now</translation>
    </message>
    <message>
        <source>正在看 {clock} 的墙面，Esc 回到现在</source>
        <translation>The wall at {clock}, Esc returns to now</translation>
    </message>
    <message>
        <source>每次变更都有记录，点击或左右键可看当时墙上显示什么</source>
        <translation>Every change is on record: click, or Left and Right, to see what hung there</translation>
    </message>
    <message>
        <source>没有登记的大屏</source>
        <translation>no wall is registered</translation>
    </message>
    <message>
        <source>随后自动再取。</source>
        <translation>Asked again by itself.</translation>
    </message>
</context>
<context>
    <name>NewTicketForm</name>
    <message>
        <source>事项</source>
        <translation>Matter</translation>
    </message>
    <message>
        <source>事项（按诉求推荐，也可输入几个字查找）</source>
        <translation>Matter (suggested from the words, or type some to search)</translation>
    </message>
    <message>
        <source>地点</source>
        <translation>Place</translation>
    </message>
    <message>
        <source>地点（道路、社区、网格；也可点右侧地图）</source>
        <translation>Place (road, community, grid; or click the map at the right)</translation>
    </message>
    <message>
        <source>按事项</source>
        <translation>As the item says</translation>
    </message>
    <message>
        <source>来源</source>
        <translation>Source</translation>
    </message>
    <message>
        <source>来源编号（热线工单号，没有可不填）</source>
        <translation>Number at the source (of the hotline, if there is one)</translation>
    </message>
    <message>
        <source>来电人</source>
        <translation>Caller</translation>
    </message>
    <message>
        <source>特急</source>
        <translation>Top</translation>
    </message>
    <message>
        <source>电话</source>
        <translation>Phone</translation>
    </message>
    <message>
        <source>紧急</source>
        <translation>High</translation>
    </message>
    <message>
        <source>紧急程度</source>
        <translation>Urgency</translation>
    </message>
    <message>
        <source>诉求（原话，可含个人信息，只有有权的席位能看到）</source>
        <translation>What was said (own words, may hold personal data, read by entitled seats only)</translation>
    </message>
    <message>
        <source>门牌地址</source>
        <translation>Address with door</translation>
    </message>
</context>
<context>
    <name>NewTicketWindow</name>
    <message>
        <source>50 米、24 小时内没有同一事项</source>
        <translation>none of this item within 50 m and 24 h</translation>
    </message>
    <message>
        <source>Enter 打开，确认后不必重报</source>
        <translation>Enter opens; if it is the same, do not report again</translation>
    </message>
    <message>
        <source>、</source>
        <translation>, </translation>
    </message>
    <message>
        <source>上报</source>
        <translation>Report</translation>
    </message>
    <message>
        <source>上报内容</source>
        <translation>The report</translation>
    </message>
    <message>
        <source>上次没有上报的内容已找回</source>
        <translation>What was not reported last time is back</translation>
    </message>
    <message>
        <source>不能上报：{why}</source>
        <translation>Cannot be reported: {why}</translation>
    </message>
    <message>
        <source>事项未定</source>
        <translation>No matter yet</translation>
    </message>
    <message>
        <source>地点未定</source>
        <translation>No place yet</translation>
    </message>
    <message>
        <source>将要上报</source>
        <translation>About to be reported</translation>
    </message>
    <message>
        <source>已定位</source>
        <translation>positioned</translation>
    </message>
    <message>
        <source>已建工单 {id}</source>
        <translation>Ticket {id} made</translation>
    </message>
    <message>
        <source>新建工单</source>
        <translation>New ticket</translation>
    </message>
    <message>
        <source>无时限</source>
        <translation>no limit</translation>
    </message>
    <message>
        <source>未定位，只到区域</source>
        <translation>no position, area only</translation>
    </message>
    <message>
        <source>本席无权上报。可上报的角色：{roles}</source>
        <translation>This seat may not report. Roles that may: {roles}</translation>
    </message>
    <message>
        <source>正在上报</source>
        <translation>Reporting</translation>
    </message>
    <message>
        <source>没有上报：{why}。内容还在，改好再报。</source>
        <translation>Not reported: {why}. What you typed is still here, mend it and report again.</translation>
    </message>
    <message>
        <source>清空</source>
        <translation>Clear</translation>
    </message>
    <message>
        <source>立案：{text}</source>
        <translation>Filing: {text}</translation>
    </message>
    <message>
        <source>草稿已存本机，程序崩溃也不会丢</source>
        <translation>The draft is kept on this machine, a crash does not lose it</translation>
    </message>
    <message>
        <source>草稿没能存下，本机磁盘可能已满；请尽快上报</source>
        <translation>The draft could not be kept, this disk may be full: report soon</translation>
    </message>
    <message>
        <source>还缺{what}</source>
        <translation>still missing: {what}</translation>
    </message>
    <message>
        <source>选好地点和事项后查找</source>
        <translation>looked for once place and matter are chosen</translation>
    </message>
    <message>
        <source>附近疑似重复</source>
        <translation>Likely duplicates nearby</translation>
    </message>
</context>
<context>
    <name>NoticeCard</name>
    <message>
        <source>责令整改通知书</source>
        <translation>Rectification notice</translation>
    </message>
</context>
<context>
    <name>NoticePane</name>
    <message>
        <source>{n} 分钟</source>
        <translation>{n} min</translation>
    </message>
    <message>
        <source>一行通知，G 到这里，回车上墙；不写电话和证件号</source>
        <translation>One line; G comes here, Enter puts it up; no personal numbers</translation>
    </message>
    <message>
        <source>仅屏 {number}</source>
        <translation>Screen {number}</translation>
    </message>
    <message>
        <source>全部屏</source>
        <translation>All screens</translation>
    </message>
    <message>
        <source>墙上没有通知</source>
        <translation>No notice on the wall</translation>
    </message>
    <message>
        <source>墙面通知</source>
        <translation>Notice on the wall</translation>
    </message>
    <message>
        <source>撤下通知</source>
        <translation>Take down</translation>
    </message>
</context>
<context>
    <name>OrganisationWindow</name>
    <message>
        <source>先试算哪些在办工单的时限会移动；发布后逐件重算，并各记一条“日历变更”。</source>
        <translation>First a trial: which open tickets get other limits. When published, each is recalculated and told so in its story.</translation>
    </message>
    <message>
        <source>内容</source>
        <translation>Content</translation>
    </message>
    <message>
        <source>发布</source>
        <translation>Publish</translation>
    </message>
    <message>
        <source>发布草稿</source>
        <translation>Publish draft</translation>
    </message>
    <message>
        <source>改日历的试算</source>
        <translation>Trial of a calendar change</translation>
    </message>
    <message>
        <source>改状态</source>
        <translation>Set state</translation>
    </message>
    <message>
        <source>改状态 {id}</source>
        <translation>State of {id}</translation>
    </message>
    <message>
        <source>放弃</source>
        <translation>Leave</translation>
    </message>
    <message>
        <source>放弃草稿</source>
        <translation>Drop draft</translation>
    </message>
    <message>
        <source>未登记</source>
        <translation>not laid down</translation>
    </message>
    <message>
        <source>正在发布，各席位随后更新</source>
        <translation>Publishing; all desks follow</translation>
    </message>
    <message>
        <source>正在试算</source>
        <translation>Trying it</translation>
    </message>
    <message>
        <source>没有变化</source>
        <translation>nothing changed</translation>
    </message>
    <message>
        <source>没有在办工单的时限因此移动</source>
        <translation>No open ticket gets another limit by this</translation>
    </message>
    <message>
        <source>状态</source>
        <translation>State</translation>
    </message>
    <message>
        <source>草稿</source>
        <translation>Draft</translation>
    </message>
    <message>
        <source>设定日期</source>
        <translation>Set a day</translation>
    </message>
    <message>
        <source>设定时段</source>
        <translation>Set hours</translation>
    </message>
    <message>
        <source>试算</source>
        <translation>Try</translation>
    </message>
    <message>
        <source>还没有登记岗位，按 I 导入岗位表</source>
        <translation>No posts yet: press I to import them</translation>
    </message>
    <message>
        <source>还没有部件登记，按 I 导入部件表</source>
        <translation>No components yet: press I to import them</translation>
    </message>
    <message>
        <source>部件登记 {n}</source>
        <translation>Register, {n}</translation>
    </message>
</context>
<context>
    <name>Palette</name>
    <message>
        <source>回车：{text}</source>
        <translation>Enter: {text}</translation>
    </message>
    <message>
        <source>回车：在本窗口{text}（{key}）</source>
        <translation>Enter: {text} in this window ({key})</translation>
    </message>
    <message>
        <source>回车：打开{text}</source>
        <translation>Enter opens {text}</translation>
    </message>
    <message>
        <source>回车：打开工单 {target}</source>
        <translation>Enter opens ticket {target}</translation>
    </message>
    <message>
        <source>回车：打开视频 {text}</source>
        <translation>Enter opens camera {text}</translation>
    </message>
    <message>
        <source>回车：队列中看 {text} 的工单</source>
        <translation>Enter shows the tickets of {text} in the queue</translation>
    </message>
    <message>
        <source>回车：队列换到视图 {text}</source>
        <translation>Enter shows the view {text} of the queue</translation>
    </message>
    <message>
        <source>在队列中查找“{text}”</source>
        <translation>Look for “{text}” in the queue</translation>
    </message>
    <message>
        <source>没有找到</source>
        <translation>Nothing found</translation>
    </message>
</context>
<context>
    <name>PaletteBox</name>
    <message>
        <source>单号、地点、视频、窗口、操作，可用拼音；/ 开头只看操作</source>
        <translation>Number, place, camera, window or action; / shows actions only</translation>
    </message>
    <message>
        <source>查找或命令</source>
        <translation>Find or command</translation>
    </message>
</context>
<context>
    <name>PaletteRows</name>
    <message>
        <source>找到 {n} 项</source>
        <translation>Found: {n}</translation>
    </message>
</context>
<context>
    <name>Panel</name>
    <message>
        <source>{since} 起。{next_step}</source>
        <translation>Since {since}. {next_step}</translation>
    </message>
    <message>
        <source>代码 {code}</source>
        <translation>Code {code}</translation>
    </message>
    <message>
        <source>可查看的角色：{roles}</source>
        <translation>Roles that may: {roles}</translation>
    </message>
    <message>
        <source>本席无权查看</source>
        <translation>This seat may not see this</translation>
    </message>
    <message>
        <source>正在取快照</source>
        <translation>Fetching snapshot</translation>
    </message>
    <message>
        <source>申请</source>
        <translation>Request</translation>
    </message>
</context>
<context>
    <name>Participants</name>
    <message>
        <source>未报到</source>
        <translation>not here</translation>
    </message>
</context>
<context>
    <name>PendingLine</name>
    <message>
        <source>撤回</source>
        <translation>Undo</translation>
    </message>
    <message>
        <source>服务器未回应，重试中</source>
        <translation>No answer from the server, trying again</translation>
    </message>
    <message>
        <source>未执行：{reason}</source>
        <translation>Not done: {reason}</translation>
    </message>
</context>
<context>
    <name>PeriodBar</name>
    <message>
        <source>回看</source>
        <translation>Look back</translation>
    </message>
    <message>
        <source>导出</source>
        <translation>Export</translation>
    </message>
    <message>
        <source>报告</source>
        <translation>Report</translation>
    </message>
    <message>
        <source>放大走势</source>
        <translation>Trend</translation>
    </message>
    <message>
        <source>日期写成 2026-01-31 的样子</source>
        <translation>Write dates like 2026-01-31</translation>
    </message>
    <message>
        <source>止日</source>
        <translation>To</translation>
    </message>
    <message>
        <source>统计</source>
        <translation>Period</translation>
    </message>
    <message>
        <source>至</source>
        <translation>to</translation>
    </message>
    <message>
        <source>起日</source>
        <translation>From</translation>
    </message>
</context>
<context>
    <name>PhotoControl</name>
    <message>
        <source>本单没有照片</source>
        <translation>this ticket has no photo</translation>
    </message>
    <message>
        <source>正在撤下</source>
        <translation>Withdrawing</translation>
    </message>
    <message>
        <source>照片已上传，记入经过</source>
        <translation>The photo is with the centre and in the story</translation>
    </message>
    <message>
        <source>照片已存本机，正在上传</source>
        <translation>The photo is kept here and on its way</translation>
    </message>
    <message>
        <source>照片已撤下，原因记入经过</source>
        <translation>The photo is withdrawn, its reason is in the story</translation>
    </message>
</context>
<context>
    <name>PhotoRow</name>
    <message>
        <source>{caption} · 还有 {n} 张</source>
        <translation>{caption} · {n} more</translation>
    </message>
    <message>
        <source>照片 {n} 张</source>
        <translation>Photos {n}</translation>
    </message>
</context>
<context>
    <name>PickMap</name>
    <message>
        <source>地图，点击选择地点</source>
        <translation>Map, click to choose the place</translation>
    </message>
</context>
<context>
    <name>PickPane</name>
    <message>
        <source>没有底图包，这里只有比例尺：请在左边按社区或网格名选地点；底图包由管理员装到本机。</source>
        <translation>No map package, only a scale here: choose the place by community or grid on the left; an administrator installs the package on this machine.</translation>
    </message>
    <message>
        <source>没有底图，只画网格边界：请对照网格名点选，或在左边按道路、社区、网格查找。</source>
        <translation>No ground, borders of grids only: point by the names of grids, or find by road, community or grid on the left.</translation>
    </message>
</context>
<context>
    <name>PlanControl</name>
    <message>
        <source>保存</source>
        <translation>Save</translation>
    </message>
    <message>
        <source>修改联合检查</source>
        <translation>Change joint inspection</translation>
    </message>
    <message>
        <source>发起</source>
        <translation>Plan</translation>
    </message>
    <message>
        <source>发起联合检查</source>
        <translation>New joint inspection</translation>
    </message>
</context>
<context>
    <name>PlanForm</name>
    <message>
        <source>协办单位（用、隔开）</source>
        <translation>Co-units (comma between)</translation>
    </message>
    <message>
        <source>发起</source>
        <translation>Plan</translation>
    </message>
    <message>
        <source>发起联合检查</source>
        <translation>New joint inspection</translation>
    </message>
    <message>
        <source>取消</source>
        <translation>Cancel</translation>
    </message>
    <message>
        <source>开始，即应到时间</source>
        <translation>Start = time to be there</translation>
    </message>
    <message>
        <source>所在区域</source>
        <translation>Area</translation>
    </message>
    <message>
        <source>来自工单（可多张，可空）</source>
        <translation>From tickets (any number)</translation>
    </message>
    <message>
        <source>检查名称</source>
        <translation>Title</translation>
    </message>
    <message>
        <source>检查对象（每行一个，竖线后写登记号）</source>
        <translation>Premises (one a line, register no. after |)</translation>
    </message>
    <message>
        <source>检查目的</source>
        <translation>Purpose</translation>
    </message>
    <message>
        <source>检查领域（空格勾选，可多选）</source>
        <translation>Fields of inspection (Space ticks)</translation>
    </message>
    <message>
        <source>牵头单位</source>
        <translation>Lead unit</translation>
    </message>
    <message>
        <source>结束，即反馈时限</source>
        <translation>End = limit to report</translation>
    </message>
    <message>
        <source>集合地点</source>
        <translation>Meeting point</translation>
    </message>
</context>
<context>
    <name>Presence</name>
    <message>
        <source>{time} 到场</source>
        <translation>on site {time}</translation>
    </message>
</context>
<context>
    <name>PreviewWindow</name>
    <message>
        <source>存 PDF、Word、XLSX</source>
        <translation>Save PDF, Word, XLSX</translation>
    </message>
    <message>
        <source>存到文件夹</source>
        <translation>Save to folder</translation>
    </message>
    <message>
        <source>存签名时的文件</source>
        <translation>Save the files of the signing</translation>
    </message>
    <message>
        <source>已存 {n} 个文件：{file}</source>
        <translation>Saved ({n}): {file}</translation>
    </message>
    <message>
        <source>已送打印机 {name}</source>
        <translation>Sent to printer {name}</translation>
    </message>
    <message>
        <source>打印</source>
        <translation>Print</translation>
    </message>
    <message>
        <source>签名时所存的 {n} 个文件，原样</source>
        <translation>Files kept at signing, unchanged: {n}</translation>
    </message>
    <message>
        <source>这台机器没有可用的打印机：接好后再按一次，或先存为 PDF</source>
        <translation>This machine has no printer: connect one and press again, or save a PDF first</translation>
    </message>
</context>
<context>
    <name>PrintPreview</name>
    <message>
        <source>打印</source>
        <translation>Print</translation>
    </message>
    <message>
        <source>打印机没有接受，请检查后再试</source>
        <translation>The printer did not take it, check it and try again</translation>
    </message>
    <message>
        <source>打印预览 {name}</source>
        <translation>Print preview {name}</translation>
    </message>
</context>
<context>
    <name>QueueHeader</name>
    <message>
        <source> · 第 {first}–{last} 行</source>
        <translation> · rows {first}–{last}</translation>
    </message>
    <message>
        <source>{n} 件</source>
        <translation>{n}</translation>
    </message>
    <message>
        <source>新到 {n} 件</source>
        <translation>{n} new</translation>
    </message>
    <message>
        <source>新到 {n} 件，特急 {urgent}</source>
        <translation>New: {n}, top: {urgent}</translation>
    </message>
    <message>
        <source>有人在操作，次序不变。点击或按 Esc 回到现在线</source>
        <translation>In use: the order holds. Click or Esc goes back to now</translation>
    </message>
    <message>
        <source>视图锁定</source>
        <translation>View locked</translation>
    </message>
</context>
<context>
    <name>QueueTableView</name>
    <message>
        <source>工单</source>
        <translation>Tickets</translation>
    </message>
</context>
<context>
    <name>QueueWindow</name>
    <message>
        <source>复制</source>
        <translation>Copy</translation>
    </message>
    <message>
        <source>工单队列</source>
        <translation>Ticket queue</translation>
    </message>
    <message>
        <source>打开</source>
        <translation>Open</translation>
    </message>
    <message>
        <source>送大屏</source>
        <translation>To the wall</translation>
    </message>
    <message>
        <source>选中，批量办理</source>
        <translation>Mark, to act on many</translation>
    </message>
</context>
<context>
    <name>Rail</name>
    <message>
        <source>窗口栏</source>
        <translation>Windows</translation>
    </message>
</context>
<context>
    <name>RailButton</name>
    <message>
        <source>当前窗口</source>
        <translation>This window</translation>
    </message>
    <message>
        <source>，{n} 条待处理</source>
        <translation>, {n} waiting</translation>
    </message>
</context>
<context>
    <name>Ranking</name>
    <message>
        <source>{n} / {total}</source>
        <translation>{n} / {total}</translation>
    </message>
    <message>
        <source>第 {rank} 名 {name} {percent}，{n} 件</source>
        <translation>Rank {rank}, {name} {percent}, of {n}</translation>
    </message>
</context>
<context>
    <name>RateTile</name>
    <message>
        <source>{n} 除以 {m}</source>
        <translation>{n} of {m}</translation>
    </message>
    <message>
        <source>未达标</source>
        <translation>Missed</translation>
    </message>
    <message>
        <source>目标 {target}</source>
        <translation>Target {target}</translation>
    </message>
    <message>
        <source>达标</source>
        <translation>Met</translation>
    </message>
</context>
<context>
    <name>RecordList</name>
    <message>
        <source>记录 {n} 条</source>
        <translation>Record, {n} in all</translation>
    </message>
</context>
<context>
    <name>RectifyBars</name>
    <message>
        <source>复查日</source>
        <translation>Re-check</translation>
    </message>
</context>
<context>
    <name>RepeatSpots</name>
    <message>
        <source>{item} {n} 件</source>
        <translation>{item}: {n}</translation>
    </message>
    <message>
        <source>重复高发点：同一事项 {m} 米内 {n} 件以上，按本机现有工单，{time} 计算</source>
        <translation>Repeat spots: same matter within {m} m, {n} or more, of the tickets on this machine, computed {time}</translation>
    </message>
</context>
<context>
    <name>ReplayStrip</name>
    <message>
        <source>墙面回看</source>
        <translation>Look back</translation>
    </message>
</context>
<context>
    <name>ReportForm</name>
    <message>
        <source>事项（名称里的几个字）</source>
        <translation>Item (some words of its name)</translation>
    </message>
    <message>
        <source>位置取摄像机的坐标</source>
        <translation>Placed where the camera stands</translation>
    </message>
    <message>
        <source>在 {name} 建单</source>
        <translation>Report at {name}</translation>
    </message>
    <message>
        <source>已登记：{item}，{name}</source>
        <translation>Reported: {item}, {name}</translation>
    </message>
    <message>
        <source>有 {n} 项：{names}。再写几个字</source>
        <translation>Fits {n}: {names}. Type some more words</translation>
    </message>
    <message>
        <source>本席不能登记工单</source>
        <translation>This seat may not report tickets</translation>
    </message>
    <message>
        <source>没有选中视频，或它没有坐标</source>
        <translation>no camera is selected, or it has no place</translation>
    </message>
    <message>
        <source>清单里没有这样的事项，换几个字</source>
        <translation>No such item in the list, try other words</translation>
    </message>
    <message>
        <source>登记</source>
        <translation>Report</translation>
    </message>
    <message>
        <source>看到什么</source>
        <translation>What is seen</translation>
    </message>
</context>
<context>
    <name>ReportList</name>
    <message>
        <source>交班报告，{n} 项</source>
        <translation>Handover report, items: {n}</translation>
    </message>
    <message>
        <source>做什么</source>
        <translation>What to do</translation>
    </message>
    <message>
        <source>谁</source>
        <translation>Who</translation>
    </message>
</context>
<context>
    <name>ReportPane</name>
    <message>
        <source>交班报告</source>
        <translation>Report</translation>
    </message>
    <message>
        <source>打印</source>
        <translation>Print</translation>
    </message>
    <message>
        <source>添加</source>
        <translation>Add</translation>
    </message>
    <message>
        <source>编辑</source>
        <translation>Edit</translation>
    </message>
</context>
<context>
    <name>RightPane</name>
    <message>
        <source>300 米内没有视频</source>
        <translation>No camera within 300 m</translation>
    </message>
    <message>
        <source>50 米内部件</source>
        <translation>Components within 50 m</translation>
    </message>
    <message>
        <source>{n} 个</source>
        <translation>{n}</translation>
    </message>
    <message>
        <source>{n} 米</source>
        <translation>{n} m</translation>
    </message>
    <message>
        <source>{n} 路，附近另有 {m} 路</source>
        <translation>{n}, nearby {m} more</translation>
    </message>
    <message>
        <source>不覆盖</source>
        <translation>not covering</translation>
    </message>
    <message>
        <source>主管</source>
        <translation>Department</translation>
    </message>
    <message>
        <source>养护</source>
        <translation>Upkeep</translation>
    </message>
    <message>
        <source>到场</source>
        <translation>on site</translation>
    </message>
    <message>
        <source>同一事件归并</source>
        <translation>Merged, same event</translation>
    </message>
    <message>
        <source>按报到；定位超 5 分钟变灰</source>
        <translation>check-ins; old positions grey</translation>
    </message>
    <message>
        <source>最近力量</source>
        <translation>Nearest patrols</translation>
    </message>
    <message>
        <source>此处</source>
        <translation>This spot</translation>
    </message>
    <message>
        <source>此处近 30 天</source>
        <translation>Here, last 30 days</translation>
    </message>
    <message>
        <source>此工单没有坐标，图上没有它的位置。</source>
        <translation>This ticket has no coordinates and is not on the map.</translation>
    </message>
    <message>
        <source>没有定位来源</source>
        <translation>No positions fed</translation>
    </message>
    <message>
        <source>没有视频点位资料</source>
        <translation>No camera data</translation>
    </message>
    <message>
        <source>没有部件资料</source>
        <translation>No component data</translation>
    </message>
    <message>
        <source>演示：环节与地点为模拟</source>
        <translation>Demo: stages and places simulated</translation>
    </message>
    <message>
        <source>编号</source>
        <translation>Number</translation>
    </message>
    <message>
        <source>覆盖此处</source>
        <translation>covers</translation>
    </message>
    <message>
        <source>覆盖此处的视频</source>
        <translation>Cameras covering this spot</translation>
    </message>
    <message>
        <source>选中图上一张工单，这里显示覆盖它的视频、50 米内的部件和最近的力量。Tab 在工单间移动。</source>
        <translation>Select a ticket on the map to see the cameras covering it, components within 50 m and the nearest patrols. Tab moves between tickets.</translation>
    </message>
    <message>
        <source>部件</source>
        <translation>Kind</translation>
    </message>
</context>
<context>
    <name>RosterSheet</name>
    <message>
        <source>{one} 换 {other}</source>
        <translation>{one} for {other}</translation>
    </message>
    <message>
        <source>{team}（换）</source>
        <translation>{team} (swapped)</translation>
    </message>
    <message>
        <source>不批准</source>
        <translation>Refuse</translation>
    </message>
    <message>
        <source>先设排班</source>
        <translation>Set a roster first</translation>
    </message>
    <message>
        <source>原因</source>
        <translation>Reason</translation>
    </message>
    <message>
        <source>批准</source>
        <translation>Approve</translation>
    </message>
    <message>
        <source>换班申请</source>
        <translation>Swaps asked for</translation>
    </message>
    <message>
        <source>排班</source>
        <translation>Roster</translation>
    </message>
    <message>
        <source>没有待批的换班</source>
        <translation>No swap waits</translation>
    </message>
    <message>
        <source>申请换班</source>
        <translation>Ask for a swap</translation>
    </message>
    <message>
        <source>确定</source>
        <translation>OK</translation>
    </message>
    <message>
        <source>设排班</source>
        <translation>Set the roster</translation>
    </message>
    <message>
        <source>还没有排班：白班 08:00–20:00、夜班 20:00–08:00，按 S 设班组与周期</source>
        <translation>No roster yet: shifts 08:00–20:00 and 20:00–08:00; S sets teams and cycle</translation>
    </message>
</context>
<context>
    <name>RotationList</name>
    <message>
        <source>{seconds} 秒</source>
        <translation>{seconds} s</translation>
    </message>
    <message>
        <source>剩 {left} / {seconds} 秒</source>
        <translation>{left} of {seconds} s left</translation>
    </message>
    <message>
        <source>常驻</source>
        <translation>Stays</translation>
    </message>
    <message>
        <source>暂停 / {seconds} 秒</source>
        <translation>paused / {seconds} s</translation>
    </message>
    <message>
        <source>没有画面</source>
        <translation>No view</translation>
    </message>
    <message>
        <source>轮播</source>
        <translation>Rotation</translation>
    </message>
</context>
<context>
    <name>RowDelegate</name>
    <message>
        <source>已移出</source>
        <translation>left</translation>
    </message>
    <message>
        <source>问题</source>
        <translation>Problem</translation>
    </message>
</context>
<context>
    <name>RuleForm</name>
    <message>
        <source>保存</source>
        <translation>Save</translation>
    </message>
    <message>
        <source>改规则</source>
        <translation>Change rule</translation>
    </message>
    <message>
        <source>新规则</source>
        <translation>New rule</translation>
    </message>
</context>
<context>
    <name>RuleList</name>
    <message>
        <source>没有规则</source>
        <translation>No rule</translation>
    </message>
    <message>
        <source>规则</source>
        <translation>Rules</translation>
    </message>
</context>
<context>
    <name>SayCard</name>
    <message>
        <source>有疑问</source>
        <translation>Ask</translation>
    </message>
    <message>
        <source>朗读</source>
        <translation>Aloud</translation>
    </message>
</context>
<context>
    <name>SceneCards</name>
    <message>
        <source>场景 {name}</source>
        <translation>Scene {name}</translation>
    </message>
    <message>
        <source>墙上</source>
        <translation>on the wall</translation>
    </message>
    <message>
        <source>还没有场景。排好画面，在右侧写名称，回车保存。</source>
        <translation>No scenes yet. Arrange the wall, write a name at the right, press Enter.</translation>
    </message>
</context>
<context>
    <name>SearchControl</name>
    <message>
        <source>前往 </source>
        <translation>Go to </translation>
    </message>
    <message>
        <source>工单</source>
        <translation>Tickets</translation>
    </message>
    <message>
        <source>没有找到</source>
        <translation>Nothing found</translation>
    </message>
    <message>
        <source>第 {n} / {total} 处，Tab 下一处</source>
        <translation>{n} / {total}, Tab: next</translation>
    </message>
    <message>
        <source>网格与社区</source>
        <translation>Grids and communities</translation>
    </message>
    <message>
        <source>道路与水系</source>
        <translation>Roads and waters</translation>
    </message>
</context>
<context>
    <name>SendSheet</name>
    <message>
        <source>0 在本机的大屏窗口打开，Esc 关闭</source>
        <translation>0 opens it in a wall window of this machine, Esc closes</translation>
    </message>
    <message>
        <source>{control}。F6 大屏导播里按 T 申请</source>
        <translation>{control}. Ask for it with T in the wall director (F6)</translation>
    </message>
    <message>
        <source>大屏没有屏 {number}</source>
        <translation>The wall has no screen {number}</translation>
    </message>
    <message>
        <source>屏 {number} 待应用，墙上未变。Ctrl Enter 应用到墙</source>
        <translation>Screen {number} is staged, the wall has not changed. Ctrl Enter applies</translation>
    </message>
    <message>
        <source>数字选屏，Shift 数字加入轮播，方向键加回车亦可；Ctrl Enter 应用到墙，Esc 关闭</source>
        <translation>A digit chooses the screen, with Shift it joins the rotation; arrows and Enter too. Ctrl Enter applies, Esc closes</translation>
    </message>
    <message>
        <source>还没有选屏</source>
        <translation>No screen chosen yet</translation>
    </message>
    <message>
        <source>送大屏：{what}</source>
        <translation>To the wall: {what}</translation>
    </message>
</context>
<context>
    <name>ShelveBar</name>
    <message>
        <source>写明原因</source>
        <translation>Write the reason</translation>
    </message>
    <message>
        <source>原因</source>
        <translation>Reason</translation>
    </message>
    <message>
        <source>取消</source>
        <translation>Cancel</translation>
    </message>
    <message>
        <source>搁置原因</source>
        <translation>Reason of shelving</translation>
    </message>
    <message>
        <source>最长 4 小时，严重级不可搁置</source>
        <translation>At most 4 h; critical is never shelved</translation>
    </message>
</context>
<context>
    <name>Side</name>
    <message>
        <source>{pitch} 毫米 / {distance} 米 → 最小字 {px} px</source>
        <translation>{pitch} mm / {distance} m → smallest {px} px</translation>
    </message>
    <message>
        <source>亮度</source>
        <translation>Light</translation>
    </message>
    <message>
        <source>停用</source>
        <translation>off</translation>
    </message>
    <message>
        <source>像素 / 视距</source>
        <translation>Pixel / view</translation>
    </message>
    <message>
        <source>先存一个场景</source>
        <translation>Keep a scene first</translation>
    </message>
    <message>
        <source>公开区，限制视频不显示</source>
        <translation>Public; no restricted cameras</translation>
    </message>
    <message>
        <source>分辨率</source>
        <translation>Resolution</translation>
    </message>
    <message>
        <source>加规则</source>
        <translation>Add rule</translation>
    </message>
    <message>
        <source>只有值班长可定规则</source>
        <translation>Only the shift leader makes rules</translation>
    </message>
    <message>
        <source>墙面 {percent}%</source>
        <translation>Wall {percent}%</translation>
    </message>
    <message>
        <source>夜间，正文降到次级亮度</source>
        <translation>Night, quiet text</translation>
    </message>
    <message>
        <source>大屏</source>
        <translation>Wall</translation>
    </message>
    <message>
        <source>字号</source>
        <translation>Type</translation>
    </message>
    <message>
        <source>屏 {number}</source>
        <translation>Screen {number}</translation>
    </message>
    <message>
        <source>屏设置</source>
        <translation>Screen</translation>
    </message>
    <message>
        <source>已锁，规则不换（L 解锁）</source>
        <translation>Locked, no rule (L unlocks)</translation>
    </message>
    <message>
        <source>待命</source>
        <translation>ready</translation>
    </message>
    <message>
        <source>执行中</source>
        <translation>running</translation>
    </message>
    <message>
        <source>按本机保存，自动回到本画面</source>
        <translation>Kept on its machine, comes back</translation>
    </message>
    <message>
        <source>整面墙</source>
        <translation>the whole wall</translation>
    </message>
    <message>
        <source>断电恢复</source>
        <translation>Power loss</translation>
    </message>
    <message>
        <source>日间</source>
        <translation>Day</translation>
    </message>
    <message>
        <source>暂停</source>
        <translation>pause</translation>
    </message>
    <message>
        <source>最近变更</source>
        <translation>Last changes</translation>
    </message>
    <message>
        <source>未锁，规则可换（L 锁定）</source>
        <translation>Free for rules (L locks)</translation>
    </message>
    <message>
        <source>权限</source>
        <translation>Rights</translation>
    </message>
    <message>
        <source>没有变更</source>
        <translation>No changes</translation>
    </message>
    <message>
        <source>没有大屏</source>
        <translation>No wall</translation>
    </message>
    <message>
        <source>淡入 0.25 秒，陈旧时跳过。+ − 改秒数，Alt ↑ ↓ 换次序，Delete 移出；应用后上墙</source>
        <translation>Fades in 0.25 s, passes over what is stale. + − seconds, Alt ↑ ↓ order, Delete takes out; on the wall once applied</translation>
    </message>
    <message>
        <source>空格</source>
        <translation>Space</translation>
    </message>
    <message>
        <source>空格 开关 · 回车 修改 · Delete 删除</source>
        <translation>Space on/off · Enter change · Delete drop</translation>
    </message>
    <message>
        <source>继续</source>
        <translation>resume</translation>
    </message>
    <message>
        <source>规则</source>
        <translation>Rules</translation>
    </message>
    <message>
        <source>轮播</source>
        <translation>Rotation</translation>
    </message>
    <message>
        <source>锁定</source>
        <translation>Lock</translation>
    </message>
    <message>
        <source>，未实测</source>
        <translation>, not measured</translation>
    </message>
</context>
<context>
    <name>SideControl</name>
    <message>
        <source>检查有变化或再选中时重取。</source>
        <translation>Fetched again when the inspection changes or is selected again.</translation>
    </message>
    <message>
        <source>记录和说明没有取到</source>
        <translation>Record and notes did not come</translation>
    </message>
</context>
<context>
    <name>SidePane</name>
    <message>
        <source>50 米、24 小时内没有同一事项</source>
        <translation>none of this item within 50 m and 24 h</translation>
    </message>
    <message>
        <source>{n} 张</source>
        <translation>{n}</translation>
    </message>
    <message>
        <source>上下项</source>
        <translation>Item up, down</translation>
    </message>
    <message>
        <source>上传</source>
        <translation>Upload</translation>
    </message>
    <message>
        <source>上传后记入经过，不能替换，只能说明原因后撤下。</source>
        <translation>It goes on the record: never exchanged, withdrawn only with a reason.</translation>
    </message>
    <message>
        <source>不能撤下照片：{why}</source>
        <translation>Photo cannot be withdrawn: {why}</translation>
    </message>
    <message>
        <source>不能补照片：{why}</source>
        <translation>No photo now: {why}</translation>
    </message>
    <message>
        <source>关联工单</source>
        <translation>Related tickets</translation>
    </message>
    <message>
        <source>只增不改 · L 全部</source>
        <translation>append only · L all</translation>
    </message>
    <message>
        <source>同一事项 · 50 米 · 24 小时</source>
        <translation>same item · 50 m · 24 h</translation>
    </message>
    <message>
        <source>同一对象过往</source>
        <translation>Same premises before</translation>
    </message>
    <message>
        <source>工单再打开时重取。</source>
        <translation>Open the ticket again to ask again.</translation>
    </message>
    <message>
        <source>打印 Ctrl P</source>
        <translation>Print, Ctrl P</translation>
    </message>
    <message>
        <source>撤下</source>
        <translation>Withdraw</translation>
    </message>
    <message>
        <source>撤下 {n} 张</source>
        <translation>{n} withdrawn</translation>
    </message>
    <message>
        <source>撤下后不再显示，照片、原因和席位仍在记录里。</source>
        <translation>It is no longer shown; photo, reason and seat stay on record.</translation>
    </message>
    <message>
        <source>撤下照片</source>
        <translation>Withdraw photo</translation>
    </message>
    <message>
        <source>整改与复查</source>
        <translation>Rectifying and re-check</translation>
    </message>
    <message>
        <source>本机所知没有更早的检查</source>
        <translation>No earlier inspection known here</translation>
    </message>
    <message>
        <source>检查结果与文书</source>
        <translation>Findings and papers</translation>
    </message>
    <message>
        <source>没有</source>
        <translation>none</translation>
    </message>
    <message>
        <source>没有照片</source>
        <translation>no photos</translation>
    </message>
    <message>
        <source>照片</source>
        <translation>Photos</translation>
    </message>
    <message>
        <source>照片与相邻工单</source>
        <translation>Photos and neighbours</translation>
    </message>
    <message>
        <source>照片没有取全</source>
        <translation>Not all photos came</translation>
    </message>
    <message>
        <source>补照片</source>
        <translation>Add photo</translation>
    </message>
    <message>
        <source>覆盖此处的视频</source>
        <translation>Cameras that see it</translation>
    </message>
    <message>
        <source>记录</source>
        <translation>Record</translation>
    </message>
    <message>
        <source>责令整改通知书</source>
        <translation>Rectification notice</translation>
    </message>
    <message>
        <source>重开 {n} 次</source>
        <translation>reopened: {n}</translation>
    </message>
    <message>
        <source>附近疑似重复</source>
        <translation>Likely duplicates nearby</translation>
    </message>
</context>
<context>
    <name>SinceControl</name>
    <message>
        <source>{n} 秒后自动再取。</source>
        <translation>Asked again every {n} s.</translation>
    </message>
    <message>
        <source>{start} 至 {end}</source>
        <translation>{start} to {end}</translation>
    </message>
    <message>
        <source>{why}；以下为 {at} 的数</source>
        <translation>{why}; figures below as of {at}</translation>
    </message>
    <message>
        <source>列出 {n} 条，共 {total} 条&#x3000;A 收起</source>
        <translation>{n} of {total} listed&#x3000;A fewer</translation>
    </message>
    <message>
        <source>变化太多，只看最近一段</source>
        <translation>Too many changes, only the latest are shown</translation>
    </message>
    <message>
        <source>我的 {mine}，本片 {area}，共 {total} 条&#x3000;A 全部</source>
        <translation>mine {mine}, my area {area}, {total} in all&#x3000;A all</translation>
    </message>
    <message>
        <source>本账号第一次来，从本班开始时比较</source>
        <translation>First time here: compared with the beginning of this shift</translation>
    </message>
    <message>
        <source>本账号第一次来，没有“离开时”可比；下次起按最后一次操作的时刻比较。</source>
        <translation>This account is here for the first time, so there is nothing to compare with; from next time on the moment of the last act counts.</translation>
    </message>
    <message>
        <source>正在取数</source>
        <translation>Fetching</translation>
    </message>
    <message>
        <source>离开以来没有工单变化，有变化时列在下面</source>
        <translation>No ticket changed since you left; changes are listed below</translation>
    </message>
    <message>
        <source>离开以来的变化没有取到</source>
        <translation>Changes since you left did not come</translation>
    </message>
    <message>
        <source>离开太久，当时的数不再逐件还原</source>
        <translation>Away too long: the figures of then are not restored any more</translation>
    </message>
    <message>
        <source>离线，联机后取数</source>
        <translation>Offline, fetched when the line is back</translation>
    </message>
    <message>
        <source>；</source>
        <translation>; </translation>
    </message>
</context>
<context>
    <name>SincePane</name>
    <message>
        <source>变化</source>
        <translation>Changes</translation>
    </message>
    <message>
        <source>每小时受理</source>
        <translation>Accepted per hour</translation>
    </message>
    <message>
        <source>自我离开以来</source>
        <translation>Since I left</translation>
    </message>
</context>
<context>
    <name>SoundBadge</name>
    <message>
        <source>声音 {state}</source>
        <translation>Sound {state}</translation>
    </message>
    <message>
        <source>正常</source>
        <translation>normal</translation>
    </message>
</context>
<context>
    <name>SpotTab</name>
    <message>
        <source>{area} · {start} 至 {end} 结案 {n} 件
种子 {seed}
总体摘要 {digest}…（SHA-256）</source>
        <translation>{area} · closed {start} to {end}: {n}
seed {seed}
frame digest {digest}… (SHA-256)</translation>
    </message>
    <message>
        <source>{id}：{verdict}</source>
        <translation>{id}: {verdict}</translation>
    </message>
    <message>
        <source>↑↓ 选择一次抽查，N 抽新的一批</source>
        <translation>↑↓ choose a spot check, N draws a new one</translation>
    </message>
    <message>
        <source>不能判定：{why}</source>
        <translation>No verdict now: {why}</translation>
    </message>
    <message>
        <source>不能抽查：{why}</source>
        <translation>No draw now: {why}</translation>
    </message>
    <message>
        <source>全区</source>
        <translation>whole district</translation>
    </message>
    <message>
        <source>判定</source>
        <translation>Judge</translation>
    </message>
    <message>
        <source>已请服务器从 {n} 件中抽取</source>
        <translation>The centre was asked to draw from {n}</translation>
    </message>
    <message>
        <source>抽中的工单</source>
        <translation>Drawn tickets</translation>
    </message>
    <message>
        <source>抽取</source>
        <translation>Draw</translation>
    </message>
    <message>
        <source>抽查一批</source>
        <translation>Draw a sample</translation>
    </message>
    <message>
        <source>还没有抽查过，N 抽一批</source>
        <translation>No spot check yet, N draws one</translation>
    </message>
    <message>
        <source>重抽核对</source>
        <translation>Draw again</translation>
    </message>
</context>
<context>
    <name>Stage</name>
    <message>
        <source>大屏 {number}</source>
        <translation>Wall {number}</translation>
    </message>
</context>
<context>
    <name>StageTrack</name>
    <message>
        <source>已完成</source>
        <translation>done</translation>
    </message>
    <message>
        <source>未开始</source>
        <translation>to come</translation>
    </message>
    <message>
        <source>进行中</source>
        <translation>now</translation>
    </message>
</context>
<context>
    <name>StagedList</name>
    <message>
        <source>没有待应用的更改，墙上即此</source>
        <translation>Nothing staged: the wall is as you see it</translation>
    </message>
</context>
<context>
    <name>StatusBar</name>
    <message>
        <source>本机待发 {n} 条</source>
        <translation>Queued here {n}</translation>
    </message>
</context>
<context>
    <name>StepList</name>
    <message>
        <source>勾选</source>
        <translation>tick</translation>
    </message>
    <message>
        <source>处置步骤，完成 {done} / {total}</source>
        <translation>Steps, {done} / {total} done</translation>
    </message>
    <message>
        <source>空格</source>
        <translation>Space</translation>
    </message>
</context>
<context>
    <name>StoryPane</name>
    <message>
        <source>{n} 个超期</source>
        <translation>{n} over the limit</translation>
    </message>
    <message>
        <source>{n} 条，按发生先后</source>
        <translation>entries: {n}, as they happened</translation>
    </message>
    <message>
        <source>全部经过须联机取得，以下为本机所知</source>
        <translation>The whole story needs the line; this is what this machine knows</translation>
    </message>
    <message>
        <source>工单内容</source>
        <translation>The ticket</translation>
    </message>
    <message>
        <source>已脱敏</source>
        <translation>masked</translation>
    </message>
    <message>
        <source>时钟</source>
        <translation>Clock</translation>
    </message>
    <message>
        <source>没有超期</source>
        <translation>none over the limit</translation>
    </message>
    <message>
        <source>经过</source>
        <translation>Story</translation>
    </message>
    <message>
        <source>诉求</source>
        <translation>What was said</translation>
    </message>
    <message>
        <source>诉求原文须联机取得</source>
        <translation>What was said needs the line</translation>
    </message>
</context>
<context>
    <name>StoryView</name>
    <message>
        <source>经过 {n} 条</source>
        <translation>Story, entries: {n}</translation>
    </message>
</context>
<context>
    <name>TablePane</name>
    <message>
        <source>{view}：此视图没有工单</source>
        <translation>{view}: no tickets</translation>
    </message>
    <message>
        <source>{view}：筛选后没有工单</source>
        <translation>{view}: no ticket left by the filters</translation>
    </message>
    <message>
        <source>去掉一项筛选，或全部清除</source>
        <translation>Remove one of the filters, or clear them all</translation>
    </message>
    <message>
        <source>启动以来未接通，本机也没有缓存</source>
        <translation>Not connected since start, and nothing stored here</translation>
    </message>
    <message>
        <source>接通联动服务后显示工单</source>
        <translation>Tickets come once the server is reached</translation>
    </message>
    <message>
        <source>正在取快照 {percent}%</source>
        <translation>Fetching snapshot {percent}%</translation>
    </message>
    <message>
        <source>清除筛选</source>
        <translation>Clear filters</translation>
    </message>
</context>
<context>
    <name>TableSender</name>
    <message>
        <source>第 {n} 版已发布</source>
        <translation>Version {n} is published</translation>
    </message>
</context>
<context>
    <name>TableWindow</name>
    <message>
        <source>{view}：还没有条目。{who}</source>
        <translation>{view}: no entry yet. {who}</translation>
    </message>
    <message>
        <source>以下为 {as_of} 的情况，接通后才能修改</source>
        <translation>As of {as_of}; changes wait for the line</translation>
    </message>
    <message>
        <source>修订原因（公开，不写个人）</source>
        <translation>Reason (public: name no person)</translation>
    </message>
    <message>
        <source>写不了 {file}：{why}</source>
        <translation>{file} cannot be written: {why}</translation>
    </message>
    <message>
        <source>发布</source>
        <translation>Publish</translation>
    </message>
    <message>
        <source>发布这次导入</source>
        <translation>Publish this import</translation>
    </message>
    <message>
        <source>只增改，不停用</source>
        <translation>Add and revise, retire nothing</translation>
    </message>
    <message>
        <source>启动以来未接通</source>
        <translation>No line since the start</translation>
    </message>
    <message>
        <source>启用日期，空为即时</source>
        <translation>Valid from, empty = at once</translation>
    </message>
    <message>
        <source>存为 .csv</source>
        <translation>Save as .csv</translation>
    </message>
    <message>
        <source>导入前先看差异</source>
        <translation>See the difference first</translation>
    </message>
    <message>
        <source>导入文件，先看差异</source>
        <translation>Import a file: the difference first</translation>
    </message>
    <message>
        <source>导入预览</source>
        <translation>Preview import</translation>
    </message>
    <message>
        <source>导出</source>
        <translation>Export</translation>
    </message>
    <message>
        <source>已导出 {n} 行到 {file}</source>
        <translation>Exported to {file}, rows: {n}</translation>
    </message>
    <message>
        <source>按 I 导入文件后列在这里。</source>
        <translation>Press I to import a file.</translation>
    </message>
    <message>
        <source>放弃导入</source>
        <translation>Leave</translation>
    </message>
    <message>
        <source>文件 .xlsx 或 .csv</source>
        <translation>File, .xlsx or .csv</translation>
    </message>
    <message>
        <source>文件与现行的表没有差别</source>
        <translation>The file does not differ from the table</translation>
    </message>
    <message>
        <source>文件即全表，没写的停用</source>
        <translation>The file is the whole table: retire the rest</translation>
    </message>
    <message>
        <source>时限这样读</source>
        <translation>Limits as read</translation>
    </message>
    <message>
        <source>有读不了的行</source>
        <translation>there are rows that cannot be read</translation>
    </message>
    <message>
        <source>本席只读：{why}</source>
        <translation>Read-only: {why}</translation>
    </message>
    <message>
        <source>正在发布，各席位随后更新</source>
        <translation>Publishing; all desks follow</translation>
    </message>
    <message>
        <source>正在读取</source>
        <translation>Reading</translation>
    </message>
    <message>
        <source>没有变化</source>
        <translation>nothing changed</translation>
    </message>
    <message>
        <source>没有符合的条目</source>
        <translation>Nothing fits</translation>
    </message>
    <message>
        <source>系统管理员导入后列在这里。</source>
        <translation>The system administrator imports it.</translation>
    </message>
    <message>
        <source>范围</source>
        <translation>Extent</translation>
    </message>
    <message>
        <source>读取</source>
        <translation>Read</translation>
    </message>
</context>
<context>
    <name>TakeoutControl</name>
    <message>
        <source>Excel 表格</source>
        <translation>Excel workbook</translation>
    </message>
    <message>
        <source>{n} 件，按屏幕上的筛选和顺序；不含诉求、来电人、门牌；导出记入日志</source>
        <translation>{n}, filtered and ordered as on screen; without what was said, callers and doors; the export goes on the record</translation>
    </message>
    <message>
        <source>列表是空的，没有可导出的</source>
        <translation>The list is empty, there is nothing to export</translation>
    </message>
    <message>
        <source>列表有 {n} 件，一次最多导出 {most} 件；请先筛选</source>
        <translation>The list has {n}, at most {most} can be exported at once: filter first</translation>
    </message>
    <message>
        <source>存到文件夹（打印时不用）</source>
        <translation>Into folder (not for printing)</translation>
    </message>
    <message>
        <source>导出</source>
        <translation>Export</translation>
    </message>
    <message>
        <source>导出或打印列表</source>
        <translation>Export or print the list</translation>
    </message>
    <message>
        <source>已导出 {path}，已登记</source>
        <translation>Exported {path}, recorded</translation>
    </message>
    <message>
        <source>已导出 {path}；登记存在本机，联机后送中心</source>
        <translation>Exported {path}; the record is kept here and sent to the centre with the line</translation>
    </message>
    <message>
        <source>打印</source>
        <translation>Print</translation>
    </message>
    <message>
        <source>打印预览已打开</source>
        <translation>The print preview is open</translation>
    </message>
    <message>
        <source>本机存不下登记，所以没有导出；请腾出磁盘空间再试</source>
        <translation>The record could not be stored here, so nothing was exported; free some disk space and try again</translation>
    </message>
    <message>
        <source>格式</source>
        <translation>Format</translation>
    </message>
    <message>
        <source>正在写文件</source>
        <translation>Writing the file</translation>
    </message>
    <message>
        <source>正在登记</source>
        <translation>Recording</translation>
    </message>
    <message>
        <source>没有写成 {path}：{why}。请换一个文件夹再试。</source>
        <translation>{path} could not be written: {why}. Try another folder.</translation>
    </message>
    <message>
        <source>没有文件夹 {folder}，请改一个已有的</source>
        <translation>There is no folder {folder}, name one that exists</translation>
    </message>
    <message>
        <source>记不了日志，所以没有导出：{why}</source>
        <translation>It cannot be put on the record, so nothing was exported: {why}</translation>
    </message>
</context>
<context>
    <name>TalkPane</name>
    <message>
        <source>接班复述</source>
        <translation>Read-back</translation>
    </message>
    <message>
        <source>核对</source>
        <translation>Checks</translation>
    </message>
    <message>
        <source>没有要逐项复述的事项，核对完即可签名。</source>
        <translation>Nothing to read back item by item; sign after the checks.</translation>
    </message>
</context>
<context>
    <name>TicketCameras</name>
    <message>
        <source>300 米内没有视频</source>
        <translation>No camera within 300 m</translation>
    </message>
    <message>
        <source>{n} 米</source>
        <translation>{n} m</translation>
    </message>
    <message>
        <source>仅邻近</source>
        <translation>near only</translation>
    </message>
    <message>
        <source>覆盖</source>
        <translation>covers</translation>
    </message>
    <message>
        <source>这张工单没有坐标</source>
        <translation>This ticket has no coordinates</translation>
    </message>
</context>
<context>
    <name>TicketDesk</name>
    <message>
        <source>{command}，{reason}</source>
        <translation>{command}: {reason}</translation>
    </message>
    <message>
        <source>{role}只看工单，不办工单。</source>
        <translation>{role}: looks at tickets, acts on none.</translation>
    </message>
    <message>
        <source>工单有变化或再选中时重取。</source>
        <translation>Fetched again when the ticket changes or is selected again.</translation>
    </message>
    <message>
        <source>已{verb}，{n} 秒内可撤回</source>
        <translation>{verb} sent, {n} s to undo</translation>
    </message>
    <message>
        <source>未登录</source>
        <translation>Not signed in</translation>
    </message>
    <message>
        <source>记录没有取到，以下为本机所知</source>
        <translation>The record did not come, below is what this desk knows</translation>
    </message>
</context>
<context>
    <name>TicketPlace</name>
    <message>
        <source>{n} 米</source>
        <translation>{n} m</translation>
    </message>
    <message>
        <source>{source} {n} 件</source>
        <translation>{source} {n}</translation>
    </message>
    <message>
        <source>协办 {n}/{total}</source>
        <translation>Co-units {n}/{total}</translation>
    </message>
    <message>
        <source>可接通，尚未取画面</source>
        <translation>reachable, no picture yet</translation>
    </message>
    <message>
        <source>回看中，Home 回到实时</source>
        <translation>Looking back; Home returns to live</translation>
    </message>
    <message>
        <source>工单已办结</source>
        <translation>Ticket is closed</translation>
    </message>
    <message>
        <source>打开工单</source>
        <translation>Open</translation>
    </message>
    <message>
        <source>没有定位来源</source>
        <translation>No positions fed</translation>
    </message>
    <message>
        <source>派最近力量</source>
        <translation>Send nearest</translation>
    </message>
    <message>
        <source>送大屏</source>
        <translation>To wall</translation>
    </message>
    <message>
        <source>附近没有 5 分钟内定位的力量</source>
        <translation>No patrol nearby with a position under 5 min old</translation>
    </message>
    <message>
        <source>，</source>
        <translation>, </translation>
    </message>
</context>
<context>
    <name>TicketWindow</name>
    <message>
        <source>回到上一张工单</source>
        <translation>Back to the ticket before</translation>
    </message>
    <message>
        <source>在队列里按 Enter，或按 Ctrl F 查找，打开一张工单。</source>
        <translation>Press Enter in the queue, or Ctrl F to find, and open a ticket.</translation>
    </message>
    <message>
        <source>工单</source>
        <translation>Ticket</translation>
    </message>
    <message>
        <source>工单 {id}</source>
        <translation>Ticket {id}</translation>
    </message>
    <message>
        <source>接通后再打开。</source>
        <translation>Open it again once connected.</translation>
    </message>
    <message>
        <source>撤下照片</source>
        <translation>Withdraw photo</translation>
    </message>
    <message>
        <source>本机没有 {id}，服务器也没有答复</source>
        <translation>This desk does not have {id}, and the server did not answer</translation>
    </message>
    <message>
        <source>本窗口之前没有别的工单</source>
        <translation>No other ticket stood in this window before</translation>
    </message>
    <message>
        <source>正在取 {id}</source>
        <translation>Fetching {id}</translation>
    </message>
    <message>
        <source>没有工单 {id}，或不在本席范围内。请核对单号。</source>
        <translation>No ticket {id}, or outside what this seat sees. Check the number.</translation>
    </message>
    <message>
        <source>补照片</source>
        <translation>Add photo</translation>
    </message>
</context>
<context>
    <name>TimeStrip</name>
    <message>
        <source>{n} 时</source>
        <translation>{n}:00</translation>
    </message>
    <message>
        <source>×{n}</source>
        <translation>×{n}</translation>
    </message>
    <message>
        <source>今日上报</source>
        <translation>Reported today</translation>
    </message>
    <message>
        <source>今日上报时间分布</source>
        <translation>Today&apos;s reports by hour</translation>
    </message>
    <message>
        <source>回放今日（空格）</source>
        <translation>Replay today (space)</translation>
    </message>
    <message>
        <source>实时</source>
        <translation>live</translation>
    </message>
    <message>
        <source>暂停（空格）</source>
        <translation>Pause (space)</translation>
    </message>
    <message>
        <source>跟随实时</source>
        <translation>Following live</translation>
    </message>
</context>
<context>
    <name>TopBar</name>
    <message>
        <source>顶栏</source>
        <translation>Top bar</translation>
    </message>
</context>
<context>
    <name>TownMap</name>
    <message>
        <source>超期未结 按街道</source>
        <translation>Overdue by town</translation>
    </message>
</context>
<context>
    <name>TrendChart</name>
    <message>
        <source>，目标 {target}</source>
        <translation>, target {target}</translation>
    </message>
</context>
<context>
    <name>UnitsTable</name>
    <message>
        <source>单位</source>
        <translation>Unit</translation>
    </message>
    <message>
        <source>反馈</source>
        <translation>Report</translation>
    </message>
    <message>
        <source>得分</source>
        <translation>Score</translation>
    </message>
    <message>
        <source>报到</source>
        <translation>Checked in</translation>
    </message>
    <message>
        <source>报到（应到 {at}）</source>
        <translation>Checked in (due {at})</translation>
    </message>
    <message>
        <source>责任项</source>
        <translation>Items</translation>
    </message>
</context>
<context>
    <name>WallCamera</name>
    <message>
        <source>启动以来未接通</source>
        <translation>Never connected</translation>
    </message>
    <message>
        <source>登记中没有视频 {id}</source>
        <translation>No camera {id} in the register</translation>
    </message>
    <message>
        <source>视频</source>
        <translation>Cameras</translation>
    </message>
</context>
<context>
    <name>WallCanvas</name>
    <message>
        <source>还没有画面</source>
        <translation>No picture yet</translation>
    </message>
</context>
<context>
    <name>WallHandle</name>
    <message>
        <source>上墙</source>
        <translation>To wall</translation>
    </message>
    <message>
        <source>上墙 W</source>
        <translation>To the wall W</translation>
    </message>
    <message>
        <source>点按选屏，或拖到导播的屏上</source>
        <translation>Click to choose a screen, or drag onto one in the director</translation>
    </message>
</context>
<context>
    <name>WallHost</name>
    <message>
        <source>{name} · 等待导播</source>
        <translation>{name} · waiting for the director</translation>
    </message>
    <message>
        <source>与联动服务断开 {age} · 保持最后场景</source>
        <translation>No connection for {age} · last scene kept</translation>
    </message>
</context>
<context>
    <name>WallMapWindow</name>
    <message>
        <source>{n} 件在办，{m} 件超期</source>
        <translation>{n} open, {m} overdue</translation>
    </message>
    <message>
        <source>{n} 米</source>
        <translation>{n} m</translation>
    </message>
    <message>
        <source>协办 {n}/{total}</source>
        <translation>Co-units {n}/{total}</translation>
    </message>
    <message>
        <source>地图</source>
        <translation>Map</translation>
    </message>
    <message>
        <source>地图 {place}</source>
        <translation>Map {place}</translation>
    </message>
    <message>
        <source>，{n} 件无坐标不在图上</source>
        <translation>, {n} without a place not on it</translation>
    </message>
    <message>
        <source>，{why}</source>
        <translation>, {why}</translation>
    </message>
</context>
<context>
    <name>WallOverview</name>
    <message>
        <source> 的数，恢复后自动补齐</source>
        <translation>, completed once connected</translation>
    </message>
    <message>
        <source>{title} ×{n}</source>
        <translation>{title} ×{n}</translation>
    </message>
    <message>
        <source>不到 1 分钟</source>
        <translation>&lt; 1 min</translation>
    </message>
    <message>
        <source>与联动服务断开 {since}</source>
        <translation>Server offline {since}</translation>
    </message>
    <message>
        <source>今天还没有受理的工单，受理后按类别列出</source>
        <translation>No ticket accepted today yet; then listed by category</translation>
    </message>
    <message>
        <source>今日受理</source>
        <translation>Accepted today</translation>
    </message>
    <message>
        <source>今日态势</source>
        <translation>Today</translation>
    </message>
    <message>
        <source>今日热点</source>
        <translation>Hot today</translation>
    </message>
    <message>
        <source>今日结案</source>
        <translation>Closed today</translation>
    </message>
    <message>
        <source>以下为 </source>
        <translation>Figures of </translation>
    </message>
    <message>
        <source>其中当日受理 </source>
        <translation>came in today </translation>
    </message>
    <message>
        <source>其余 {share}%</source>
        <translation>Rest {share}%</translation>
    </message>
    <message>
        <source>各级办结占比</source>
        <translation>By level</translation>
    </message>
    <message>
        <source>名次含误差</source>
        <translation>rank with error</translation>
    </message>
    <message>
        <source>名次含误差 · 目标 {target}%</source>
        <translation>Ranges · target {target}%</translation>
    </message>
    <message>
        <source>启动以来未接通</source>
        <translation>Not connected since start</translation>
    </message>
    <message>
        <source>在办</source>
        <translation>Open</translation>
    </message>
    <message>
        <source>按期结案率排名</source>
        <translation>On-time ranking</translation>
    </message>
    <message>
        <source>最久 {age}</source>
        <translation>oldest {age}</translation>
    </message>
    <message>
        <source>本月</source>
        <translation>This month</translation>
    </message>
    <message>
        <source>本月还没有到期的工单，到期后按街道排名</source>
        <translation>No ticket due this month yet; towns are ranked once some are</translation>
    </message>
    <message>
        <source>本月还没有结案的工单</source>
        <translation>No ticket closed this month yet</translation>
    </message>
    <message>
        <source>每小时受理与结案</source>
        <translation>By hour</translation>
    </message>
    <message>
        <source>比常量</source>
        <translation>vs usual</translation>
    </message>
    <message>
        <source>灰带 前四周</source>
        <translation>Grey: last 4 weeks</translation>
    </message>
    <message>
        <source>联动服务断开</source>
        <translation>Server offline</translation>
    </message>
    <message>
        <source>超期未结</source>
        <translation>Overdue</translation>
    </message>
    <message>
        <source>较前四周同刻 </source>
        <translation>vs usual </translation>
    </message>
</context>
<context>
    <name>WallQueueWindow</name>
    <message>
        <source>没有临期和超期的工单</source>
        <translation>Nothing at risk or overdue</translation>
    </message>
    <message>
        <source>现在线上下 {n} 件，共 {total} 件</source>
        <translation>{n} around now, {total} in all</translation>
    </message>
</context>
<context>
    <name>WallRows</name>
    <message>
        <source>事项</source>
        <translation>Matter</translation>
    </message>
    <message>
        <source>协办</source>
        <translation>Joint</translation>
    </message>
    <message>
        <source>类别</source>
        <translation>Type</translation>
    </message>
    <message>
        <source>街道</source>
        <translation>Town</translation>
    </message>
    <message>
        <source>责任单位</source>
        <translation>Unit</translation>
    </message>
    <message>
        <source>阶段时限</source>
        <translation>Stage limit</translation>
    </message>
</context>
<context>
    <name>WallTicket</name>
    <message>
        <source>{n} / {total} 已报到</source>
        <translation>{n} / {total} checked in</translation>
    </message>
    <message>
        <source>参与单位</source>
        <translation>Units</translation>
    </message>
    <message>
        <source>启动以来未接通</source>
        <translation>Never connected</translation>
    </message>
    <message>
        <source>尚未派遣</source>
        <translation>Not dispatched yet</translation>
    </message>
    <message>
        <source>工单</source>
        <translation>Ticket</translation>
    </message>
    <message>
        <source>这面墙看不到这件工单，在导播里换一件</source>
        <translation>This wall cannot see the ticket: choose another in the director</translation>
    </message>
</context>
<context>
    <name>WallView</name>
    <message>
        <source>演示数据</source>
        <translation>Demo data</translation>
    </message>
</context>
<context>
    <name>Ways</name>
    <message>
        <source>地图选区</source>
        <translation>Map selection</translation>
    </message>
</context>
<context>
    <name>_Asking</name>
    <message>
        <source>{place}同类 {n} 件</source>
        <translation>{place}, same kind: {n}</translation>
    </message>
    <message>
        <source>再选中这一件时重取。</source>
        <translation>Select the ticket again to ask again.</translation>
    </message>
    <message>
        <source>近 30 天没有统计到</source>
        <translation>The last 30 days could not be counted</translation>
    </message>
</context>
<context>
    <name>_Counts</name>
    <message>
        <source>地址、来电人已脱敏</source>
        <translation>Addresses and callers masked</translation>
    </message>
</context>
<context>
    <name>_Keeping</name>
    <message>
        <source>截图存入工单 {id}…</source>
        <translation>Snapshot going to ticket {id}…</translation>
    </message>
    <message>
        <source>截图已作为证据存入工单 {id}</source>
        <translation>Snapshot kept as evidence of ticket {id}</translation>
    </message>
    <message>
        <source>截图已存本机，联动服务恢复后送到工单 {id}</source>
        <translation>Snapshot kept on this machine; it goes to ticket {id} when the service is back</translation>
    </message>
    <message>
        <source>截图没有存入：{reason}</source>
        <translation>Snapshot not kept: {reason}</translation>
    </message>
</context>
<context>
    <name>_Lines</name>
    <message>
        <source>{n} / {total}</source>
        <translation>{n} / {total}</translation>
    </message>
</context>
<context>
    <name>_Logo</name>
    <message>
        <source>联动</source>
        <translation>Liandong</translation>
    </message>
</context>
<context>
    <name>age</name>
    <message>
        <source>{n} 分钟</source>
        <translation>{n} min</translation>
    </message>
    <message>
        <source>{n} 天</source>
        <translation>{n} d</translation>
    </message>
    <message>
        <source>{n} 小时</source>
        <translation>{n} h</translation>
    </message>
    <message>
        <source>{n} 秒</source>
        <translation>{n} s</translation>
    </message>
</context>
<context>
    <name>alarms</name>
    <message>
        <source>{n} 分</source>
        <translation>{n} min</translation>
    </message>
    <message>
        <source>{n} 分 {s} 秒</source>
        <translation>{n} min {s} s</translation>
    </message>
    <message>
        <source>{n} 天</source>
        <translation>{n} d</translation>
    </message>
    <message>
        <source>{n} 小时</source>
        <translation>{n} h</translation>
    </message>
    <message>
        <source>{n} 小时 {m} 分</source>
        <translation>{n} h {m} min</translation>
    </message>
    <message>
        <source>{n} 秒</source>
        <translation>{n} s</translation>
    </message>
    <message>
        <source>{place} {matter}</source>
        <translation>{place}: {matter}</translation>
    </message>
    <message>
        <source>{place} {matter} {window} {count} 件，越过 {limit}</source>
        <translation>{place}: {matter}, {count} in {window}, over {limit}</translation>
    </message>
    <message>
        <source>{place} {matter}，{stage}超期</source>
        <translation>{place}: {matter}, {stage} overdue</translation>
    </message>
    <message>
        <source>{place} {matter}，特急待处置</source>
        <translation>{place}: {matter}, top urgency, nobody on it</translation>
    </message>
    <message>
        <source>{place} 在办 {count} 件，越过上限 {limit}</source>
        <translation>{place}: {count} open, over the limit of {limit}</translation>
    </message>
    <message>
        <source>{place} 超期 {count} 件，越过上限 {limit}</source>
        <translation>{place}: {count} overdue, over the limit of {limit}</translation>
    </message>
    <message>
        <source>{reason}，至 {until}，{seat}</source>
        <translation>{reason}, to {until}, {seat}</translation>
    </message>
    <message>
        <source>{seat} 席</source>
        <translation>seat {seat}</translation>
    </message>
    <message>
        <source>{source} {minutes} 分钟无数据</source>
        <translation>{source}: nothing for {minutes} min</translation>
    </message>
    <message>
        <source>{time} 恢复</source>
        <translation>cleared {time}</translation>
    </message>
    <message>
        <source>{verb} 待发</source>
        <translation>{verb} queued</translation>
    </message>
    <message>
        <source>{verb}中…</source>
        <translation>{verb}…</translation>
    </message>
    <message>
        <source>与联动服务断开</source>
        <translation>Line to the service lost</translation>
    </message>
    <message>
        <source>严重级不可搁置</source>
        <translation>critical is never shelved</translation>
    </message>
    <message>
        <source>交接班</source>
        <translation>Shift handover</translation>
    </message>
    <message>
        <source>交班未签，班次已结束半小时以上</source>
        <translation>Handover not signed, the shift ended over half an hour ago</translation>
    </message>
    <message>
        <source>偏高</source>
        <translation>high</translation>
    </message>
    <message>
        <source>其他原因</source>
        <translation>Other reason</translation>
    </message>
    <message>
        <source>再次发生，并入本条</source>
        <translation>happened again, merged</translation>
    </message>
    <message>
        <source>再次发生，重新响铃</source>
        <translation>happened again, rings anew</translation>
    </message>
    <message>
        <source>再次确认，此前已确认</source>
        <translation>acknowledged again</translation>
    </message>
    <message>
        <source>刚才又响了一次，请再看后确认</source>
        <translation>it rang again just now: look once more, then acknowledge</translation>
    </message>
    <message>
        <source>到期自动回到未确认</source>
        <translation>come back by themselves at their time</translation>
    </message>
    <message>
        <source>剩 {span}</source>
        <translation>{span} left</translation>
    </message>
    <message>
        <source>勾选</source>
        <translation>tick</translation>
    </message>
    <message>
        <source>勾选第 {n} 步</source>
        <translation>ticked step {n}</translation>
    </message>
    <message>
        <source>厂商处理中</source>
        <translation>Vendor at work</translation>
    </message>
    <message>
        <source>原因已消除</source>
        <translation>its cause is gone</translation>
    </message>
    <message>
        <source>原因已消除，确认后移出</source>
        <translation>cause gone; leaves when acknowledged</translation>
    </message>
    <message>
        <source>原因消除</source>
        <translation>cause gone</translation>
    </message>
    <message>
        <source>取消第 {n} 步</source>
        <translation>unticked step {n}</translation>
    </message>
    <message>
        <source>受理</source>
        <translation>accepting</translation>
    </message>
    <message>
        <source>可处理</source>
        <translation>manageable</translation>
    </message>
    <message>
        <source>合并 {n} 条</source>
        <translation>{n} merged</translation>
    </message>
    <message>
        <source>告警产生</source>
        <translation>raised</translation>
    </message>
    <message>
        <source>告警已结束</source>
        <translation>the alarm is over</translation>
    </message>
    <message>
        <source>告警规则没有判断，可能漏报</source>
        <translation>alarm rules are not evaluated, alarms may be missing</translation>
    </message>
    <message>
        <source>响铃中</source>
        <translation>ringing</translation>
    </message>
    <message>
        <source>响铃至确认，严重每 10 秒一次</source>
        <translation>rings until acknowledged, critical every 10 s</translation>
    </message>
    <message>
        <source>回车展开</source>
        <translation>Enter unfolds</translation>
    </message>
    <message>
        <source>回车收起</source>
        <translation>Enter folds</translation>
    </message>
    <message>
        <source>声音自检中</source>
        <translation>testing</translation>
    </message>
    <message>
        <source>处理</source>
        <translation>handling</translation>
    </message>
    <message>
        <source>备注</source>
        <translation>Note</translation>
    </message>
    <message>
        <source>备注：{text}</source>
        <translation>note: {text}</translation>
    </message>
    <message>
        <source>已在搁置中，先恢复</source>
        <translation>it is shelved: take it back first</translation>
    </message>
    <message>
        <source>已在该席</source>
        <translation>it is at that seat already</translation>
    </message>
    <message>
        <source>已恢复 待确认</source>
        <translation>Cleared, to acknowledge</translation>
    </message>
    <message>
        <source>已抑制</source>
        <translation>Suppressed</translation>
    </message>
    <message>
        <source>已排期</source>
        <translation>Scheduled</translation>
    </message>
    <message>
        <source>已搁置</source>
        <translation>Shelved</translation>
    </message>
    <message>
        <source>已知，持续关注</source>
        <translation>Known, watched</translation>
    </message>
    <message>
        <source>已确认</source>
        <translation>Acknowledged</translation>
    </message>
    <message>
        <source>恢复</source>
        <translation>Unshelve</translation>
    </message>
    <message>
        <source>打开工单</source>
        <translation>Open ticket</translation>
    </message>
    <message>
        <source>指标复核有出入</source>
        <translation>figures differ from a recount</translation>
    </message>
    <message>
        <source>搁置</source>
        <translation>Shelve</translation>
    </message>
    <message>
        <source>搁置到期，回到未确认</source>
        <translation>shelf over, unacknowledged again</translation>
    </message>
    <message>
        <source>搁置至 {until}，{reason}</source>
        <translation>shelved to {until}, {reason}</translation>
    </message>
    <message>
        <source>收起轻微 {n} 条</source>
        <translation>Fold {n} minor alarms</translation>
    </message>
    <message>
        <source>无声音</source>
        <translation>no sound</translation>
    </message>
    <message>
        <source>时刻已过</source>
        <translation>that time has passed</translation>
    </message>
    <message>
        <source>最长 4 小时</source>
        <translation>at most 4 h</translation>
    </message>
    <message>
        <source>服务器</source>
        <translation>server</translation>
    </message>
    <message>
        <source>服务器时钟被改动</source>
        <translation>the server&apos;s clock was set</translation>
    </message>
    <message>
        <source>未确认</source>
        <translation>Unacknowledged</translation>
    </message>
    <message>
        <source>本机</source>
        <translation>this machine</translation>
    </message>
    <message>
        <source>本机告警只在本机响，不能转席</source>
        <translation>An alarm of this machine rings here only and is not handed over</translation>
    </message>
    <message>
        <source>本机没有可用的声音设备</source>
        <translation>No sound device on this machine</translation>
    </message>
    <message>
        <source>来源监测</source>
        <translation>feed watch</translation>
    </message>
    <message>
        <source>核实</source>
        <translation>verifying</translation>
    </message>
    <message>
        <source>核查</source>
        <translation>checking</translation>
    </message>
    <message>
        <source>检修</source>
        <translation>Maintenance</translation>
    </message>
    <message>
        <source>没有关联工单</source>
        <translation>no ticket belongs to it</translation>
    </message>
    <message>
        <source>没有搁置</source>
        <translation>it is not shelved</translation>
    </message>
    <message>
        <source>泛滥</source>
        <translation>flood</translation>
    </message>
    <message>
        <source>派遣</source>
        <translation>dispatching</translation>
    </message>
    <message>
        <source>由 {rule} 抑制</source>
        <translation>by {rule}</translation>
    </message>
    <message>
        <source>由规则抑制</source>
        <translation>suppressed by rule</translation>
    </message>
    <message>
        <source>由规则抑制，不响</source>
        <translation>hidden by a rule, silent</translation>
    </message>
    <message>
        <source>确认</source>
        <translation>Acknowledge</translation>
    </message>
    <message>
        <source>突增监测</source>
        <translation>burst watch</translation>
    </message>
    <message>
        <source>签收</source>
        <translation>signing</translation>
    </message>
    <message>
        <source>系统自检不通过：{code}</source>
        <translation>System check failed: {code}</translation>
    </message>
    <message>
        <source>结案</source>
        <translation>closing</translation>
    </message>
    <message>
        <source>规则 {rule}</source>
        <translation>rule {rule}</translation>
    </message>
    <message>
        <source>视频平台</source>
        <translation>video platform</translation>
    </message>
    <message>
        <source>视频断开 {count} 路，越过 {limit}</source>
        <translation>Cameras lost: {count}, over {limit}</translation>
    </message>
    <message>
        <source>视频断开：{name}</source>
        <translation>Camera lost: {name}</translation>
    </message>
    <message>
        <source>解除抑制</source>
        <translation>no longer suppressed</translation>
    </message>
    <message>
        <source>请写席位</source>
        <translation>name a seat</translation>
    </message>
    <message>
        <source>请写明内容</source>
        <translation>write something</translation>
    </message>
    <message>
        <source>转席</source>
        <translation>Hand over</translation>
    </message>
    <message>
        <source>转给 {seat} 席</source>
        <translation>handed to seat {seat}</translation>
    </message>
    <message>
        <source>轻微 {n} 条，泛滥期间已汇总静音</source>
        <translation>{n} minor alarms, summed up and silent in the flood</translation>
    </message>
    <message>
        <source>送大屏</source>
        <translation>To wall</translation>
    </message>
    <message>
        <source>静音 {left}</source>
        <translation>muted {left}</translation>
    </message>
</context>
<context>
    <name>app</name>
    <message>
        <source>联动</source>
        <translation>Liandong</translation>
    </message>
</context>
<context>
    <name>attention</name>
    <message>
        <source>{who} 于 {time} 先改动</source>
        <translation>{who} was quicker, {time}</translation>
    </message>
    <message>
        <source>事项</source>
        <translation>Matter</translation>
    </message>
    <message>
        <source>他人已先改动</source>
        <translation>Somebody else was quicker</translation>
    </message>
    <message>
        <source>他人已先改动，本命令未执行</source>
        <translation>Somebody else was quicker, this command was not carried out</translation>
    </message>
    <message>
        <source>位置</source>
        <translation>Place</translation>
    </message>
    <message>
        <source>催办次数</source>
        <translation>Reminders</translation>
    </message>
    <message>
        <source>到期</source>
        <translation>Until</translation>
    </message>
    <message>
        <source>前一条命令未成，这一条没有发出</source>
        <translation>The command before it failed, so this one was not sent</translation>
    </message>
    <message>
        <source>前一条未成，没有发出</source>
        <translation>The one before it failed, not sent</translation>
    </message>
    <message>
        <source>协办单位</source>
        <translation>Co-units</translation>
    </message>
    <message>
        <source>单位</source>
        <translation>Units</translation>
    </message>
    <message>
        <source>发出与否不明</source>
        <translation>Not known whether it went out</translation>
    </message>
    <message>
        <source>另有 {n} 项随之改变（时钟与时刻）</source>
        <translation>{n} more fields changed with it (clocks and times)</translation>
    </message>
    <message>
        <source>回退次数</source>
        <translation>Returns</translation>
    </message>
    <message>
        <source>在本机等候已超过 72 小时，须重新确认</source>
        <translation>Waited here for over 72 hours: confirm it again</translation>
    </message>
    <message>
        <source>层级</source>
        <translation>Level</translation>
    </message>
    <message>
        <source>已发出，等待服务器确认</source>
        <translation>Sent, waiting for the server</translation>
    </message>
    <message>
        <source>已存在本机，等待发送</source>
        <translation>Stored here, waiting to be sent</translation>
    </message>
    <message>
        <source>承办单位</source>
        <translation>Unit in charge</translation>
    </message>
    <message>
        <source>挂账至</source>
        <translation>Suspended until</translation>
    </message>
    <message>
        <source>按给出的先后自动发送，无须操作</source>
        <translation>Sent by itself in the order given, nothing to do</translation>
    </message>
    <message>
        <source>改派至</source>
        <translation>Redirected to</translation>
    </message>
    <message>
        <source>新工单</source>
        <translation>new ticket</translation>
    </message>
    <message>
        <source>服务器已不再保留这条命令的结果，未再执行</source>
        <translation>The server no longer keeps the outcome of this command; it was not run again</translation>
    </message>
    <message>
        <source>服务器已确认</source>
        <translation>Confirmed by the server</translation>
    </message>
    <message>
        <source>服务器未接受：{reason}</source>
        <translation>Refused by the server: {reason}</translation>
    </message>
    <message>
        <source>本席给出于 {time}，{age}前</source>
        <translation>Given at this seat at {time}, {age} ago</translation>
    </message>
    <message>
        <source>本机文件受损，发出与否不明，须人工核对</source>
        <translation>A file here was damaged, whether it went out is not known: check by hand</translation>
    </message>
    <message>
        <source>来源</source>
        <translation>Source</translation>
    </message>
    <message>
        <source>来源编号</source>
        <translation>Reference</translation>
    </message>
    <message>
        <source>正在写入本机</source>
        <translation>Being stored here</translation>
    </message>
    <message>
        <source>牵头单位</source>
        <translation>Lead unit</translation>
    </message>
    <message>
        <source>状态</source>
        <translation>State</translation>
    </message>
    <message>
        <source>等候已超过 72 小时</source>
        <translation>Waited for over 72 hours</translation>
    </message>
    <message>
        <source>紧急程度</source>
        <translation>Urgency</translation>
    </message>
    <message>
        <source>结束原因</source>
        <translation>Reason of the end</translation>
    </message>
    <message>
        <source>结果</source>
        <translation>Result</translation>
    </message>
    <message>
        <source>结果已不保留</source>
        <translation>Outcome no longer kept</translation>
    </message>
    <message>
        <source>说明</source>
        <translation>Text</translation>
    </message>
    <message>
        <source>重做：先查看记录，确认没有执行过再发</source>
        <translation>Again: look at the record first and make sure that it was not carried out</translation>
    </message>
    <message>
        <source>重做：原样发出，由服务器判断是否还合适</source>
        <translation>Do again: sends it as it was; the server decides whether it still fits</translation>
    </message>
    <message>
        <source>重做：照现在的样子再发一次</source>
        <translation>Again: sends it once more, on the thing as it is now</translation>
    </message>
    <message>
        <source>重做：照现在的样子再发一次，请先看清差异</source>
        <translation>Again: sends it once more, on the thing as it is now. Look at what differs first</translation>
    </message>
    <message>
        <source>重做：照现在的样子再发一次；原因未除，还会被拒</source>
        <translation>Again: sends it once more, on the thing as it is now. It is refused again while the reason stands</translation>
    </message>
</context>
<context>
    <name>beside</name>
    <message>
        <source>{n} 米</source>
        <translation>{n} m</translation>
    </message>
    <message>
        <source>主单</source>
        <translation>Parent</translation>
    </message>
    <message>
        <source>同一区域，无坐标</source>
        <translation>same area, no position</translation>
    </message>
    <message>
        <source>子单</source>
        <translation>Child</translation>
    </message>
    <message>
        <source>并入</source>
        <translation>Merged into</translation>
    </message>
    <message>
        <source>并入本单</source>
        <translation>Merged into this</translation>
    </message>
    <message>
        <source>无坐标</source>
        <translation>no position</translation>
    </message>
</context>
<context>
    <name>bulk</name>
    <message>
        <source>{id} {matter}，调解结果</source>
        <translation>{id} {matter}: mediation</translation>
    </message>
    <message>
        <source>{n} 件矛盾纠纷各填调解结果，其余 {rest} 件不问。</source>
        <translation>Disputes, asked one by one: {n}; the others are not asked: {rest}. </translation>
    </message>
    <message>
        <source>{n} 件矛盾纠纷的调解结果，一并填写</source>
        <translation>Mediation of all disputes ({n})</translation>
    </message>
    <message>
        <source>{why} {n} 件</source>
        <translation>{why}: {n}</translation>
    </message>
    <message>
        <source>各按职责，预览列出派给谁</source>
        <translation>each by its competence, the preview says whom</translation>
    </message>
    <message>
        <source>将办 {n} 件</source>
        <translation>To be done: {n}</translation>
    </message>
    <message>
        <source>已选</source>
        <translation>chosen</translation>
    </message>
    <message>
        <source>没有单位的职责含其事项</source>
        <translation>no unit is competent for its item</translation>
    </message>
    <message>
        <source>矛盾纠纷不超过 {most} 件时逐件填写；结果不一样的请分批办。</source>
        <translation>Disputes are asked one by one up to {most}; where outcomes differ, act in parts. </translation>
    </message>
    <message>
        <source>，</source>
        <translation>, </translation>
    </message>
    <message>
        <source>：{ways}</source>
        <translation>: {ways}</translation>
    </message>
    <message>
        <source>；不办 {n} 件：{reasons}</source>
        <translation>; not done: {n} ({reasons})</translation>
    </message>
</context>
<context>
    <name>camera_wall</name>
    <message>
        <source>{h} 小时 {m} 分</source>
        <translation>{h} h {m} min</translation>
    </message>
    <message>
        <source>{m} 分 {s} 秒</source>
        <translation>{m} min {s} s</translation>
    </message>
    <message>
        <source>{n} 路断开</source>
        <translation>{n} lost</translation>
    </message>
    <message>
        <source>{n} 路未探测</source>
        <translation>{n} not probed</translation>
    </message>
    <message>
        <source>{s} 秒</source>
        <translation>{s} s</translation>
    </message>
    <message>
        <source>{wall} 第 {n} 组，共 {total} 组</source>
        <translation>{wall}, group {n} / {total}</translation>
    </message>
    <message>
        <source>不认识的视频类型</source>
        <translation>unknown kind of video</translation>
    </message>
    <message>
        <source>主机不在允许名单</source>
        <translation>host not on the allowed list</translation>
    </message>
    <message>
        <source>全部视频</source>
        <translation>All cameras</translation>
    </message>
    <message>
        <source>其余每 {s} 秒一张</source>
        <translation>rest: a still every {s} s</translation>
    </message>
    <message>
        <source>口令不对</source>
        <translation>wrong password</translation>
    </message>
    <message>
        <source>启动以来未接通</source>
        <translation>Not connected since start</translation>
    </message>
    <message>
        <source>告警附近</source>
        <translation>Near the alarm</translation>
    </message>
    <message>
        <source>地址被转到别处，不跟随</source>
        <translation>address redirected, not followed</translation>
    </message>
    <message>
        <source>对方断开</source>
        <translation>closed by the camera</translation>
    </message>
    <message>
        <source>服务断开，取不到地址</source>
        <translation>server offline, no address</translation>
    </message>
    <message>
        <source>本屏无权查看</source>
        <translation>Not for this screen</translation>
    </message>
    <message>
        <source>本席无权查看</source>
        <translation>This seat may not see this</translation>
    </message>
    <message>
        <source>本机繁忙，实时由 {limit} 路降为 {n} 路</source>
        <translation>Machine busy: live streams cut from {limit} to {n}</translation>
    </message>
    <message>
        <source>来的不是视频</source>
        <translation>not a video</translation>
    </message>
    <message>
        <source>正在取画面</source>
        <translation>Fetching picture</translation>
    </message>
    <message>
        <source>没有画面送来</source>
        <translation>no pictures sent</translation>
    </message>
    <message>
        <source>没有登记地址</source>
        <translation>no address on file</translation>
    </message>
    <message>
        <source>没有选中视频</source>
        <translation>no camera is selected</translation>
    </message>
    <message>
        <source>画面 {span}未变</source>
        <translation>picture unchanged for {span}</translation>
    </message>
    <message>
        <source>画面不完整</source>
        <translation>picture incomplete</translation>
    </message>
    <message>
        <source>第 {n} 次重连中</source>
        <translation>reconnecting, try {n}</translation>
    </message>
    <message>
        <source>第 {n} 次重连，{s} 秒后</source>
        <translation>try {n} in {s} s</translation>
    </message>
    <message>
        <source>联合检查</source>
        <translation>Joint inspection</translation>
    </message>
    <message>
        <source>视频组件出错，已记日志</source>
        <translation>video component failed, see log</translation>
    </message>
    <message>
        <source>设备上没有这一路</source>
        <translation>no such channel</translation>
    </message>
    <message>
        <source>还没有画面</source>
        <translation>No picture yet</translation>
    </message>
    <message>
        <source>连不上</source>
        <translation>unreachable</translation>
    </message>
</context>
<context>
    <name>charts</name>
    <message>
        <source>{h} 时</source>
        <translation>{h}:00</translation>
    </message>
    <message>
        <source>受理</source>
        <translation>Accepted</translation>
    </message>
    <message>
        <source>常量上限</source>
        <translation>Usual, high</translation>
    </message>
    <message>
        <source>常量下限</source>
        <translation>Usual, low</translation>
    </message>
    <message>
        <source>日期</source>
        <translation>Date</translation>
    </message>
    <message>
        <source>时</source>
        <translation>Hour</translation>
    </message>
    <message>
        <source>目标 {target}</source>
        <translation>Target {target}</translation>
    </message>
    <message>
        <source>结案</source>
        <translation>Closed</translation>
    </message>
</context>
<context>
    <name>commands</name>
    <message>
        <source>上报</source>
        <translation>Report</translation>
    </message>
    <message>
        <source>不准延期</source>
        <translation>Refuse delay</translation>
    </message>
    <message>
        <source>不准挂账</source>
        <translation>Refuse suspension</translation>
    </message>
    <message>
        <source>不受理</source>
        <translation>Refuse</translation>
    </message>
    <message>
        <source>代办</source>
        <translation>Act for unit</translation>
    </message>
    <message>
        <source>作废</source>
        <translation>Void</translation>
    </message>
    <message>
        <source>催办</source>
        <translation>Remind</translation>
    </message>
    <message>
        <source>准予延期</source>
        <translation>Grant delay</translation>
    </message>
    <message>
        <source>准予挂账</source>
        <translation>Grant suspension</translation>
    </message>
    <message>
        <source>办结督办</source>
        <translation>Settle supervision</translation>
    </message>
    <message>
        <source>升级</source>
        <translation>Escalate</translation>
    </message>
    <message>
        <source>协办</source>
        <translation>Add co-unit</translation>
    </message>
    <message>
        <source>协办反馈</source>
        <translation>Part result</translation>
    </message>
    <message>
        <source>协办评定</source>
        <translation>Judge part</translation>
    </message>
    <message>
        <source>反馈</source>
        <translation>Report result</translation>
    </message>
    <message>
        <source>吹哨</source>
        <translation>Whistle</translation>
    </message>
    <message>
        <source>回访</source>
        <translation>Call back</translation>
    </message>
    <message>
        <source>回退</source>
        <translation>Return</translation>
    </message>
    <message>
        <source>备注</source>
        <translation>Comment</translation>
    </message>
    <message>
        <source>并案</source>
        <translation>Merge</translation>
    </message>
    <message>
        <source>延期</source>
        <translation>Delay</translation>
    </message>
    <message>
        <source>强制结案</source>
        <translation>Force close</translation>
    </message>
    <message>
        <source>恢复</source>
        <translation>Resume</translation>
    </message>
    <message>
        <source>报到</source>
        <translation>Check in</translation>
    </message>
    <message>
        <source>挂主单</source>
        <translation>Set main ticket</translation>
    </message>
    <message>
        <source>挂账</source>
        <translation>Suspend</translation>
    </message>
    <message>
        <source>提级</source>
        <translation>Raise urgency</translation>
    </message>
    <message>
        <source>撤回</source>
        <translation>Withdraw</translation>
    </message>
    <message>
        <source>改位置</source>
        <translation>Relocate</translation>
    </message>
    <message>
        <source>改派</source>
        <translation>Redirect</translation>
    </message>
    <message>
        <source>核实</source>
        <translation>Verify report</translation>
    </message>
    <message>
        <source>核实结果</source>
        <translation>Verify result</translation>
    </message>
    <message>
        <source>核查</source>
        <translation>Check work</translation>
    </message>
    <message>
        <source>核查结果</source>
        <translation>Check result</translation>
    </message>
    <message>
        <source>派遣</source>
        <translation>Dispatch</translation>
    </message>
    <message>
        <source>申诉</source>
        <translation>Appeal</translation>
    </message>
    <message>
        <source>申诉复核</source>
        <translation>Review appeal</translation>
    </message>
    <message>
        <source>督办</source>
        <translation>Supervise</translation>
    </message>
    <message>
        <source>立案</source>
        <translation>File</translation>
    </message>
    <message>
        <source>签收</source>
        <translation>Sign</translation>
    </message>
    <message>
        <source>结案</source>
        <translation>Close</translation>
    </message>
    <message>
        <source>退回整改</source>
        <translation>Reject closing</translation>
    </message>
    <message>
        <source>重开</source>
        <translation>Reopen</translation>
    </message>
    <message>
        <source>重算时限</source>
        <translation>Recalculate limits</translation>
    </message>
</context>
<context>
    <name>component</name>
    <message>
        <source>停用</source>
        <translation>retired</translation>
    </message>
    <message>
        <source>完好</source>
        <translation>in order</translation>
    </message>
    <message>
        <source>损坏</source>
        <translation>damaged</translation>
    </message>
    <message>
        <source>缺失</source>
        <translation>missing</translation>
    </message>
</context>
<context>
    <name>detail</name>
    <message>
        <source>{end} 止 · {due} 到期</source>
        <translation>ended {end} · due {due}</translation>
    </message>
    <message>
        <source>{n} 分</source>
        <translation>{n} min</translation>
    </message>
    <message>
        <source>{n} 天</source>
        <translation>{n} d</translation>
    </message>
    <message>
        <source>{time} 起</source>
        <translation>since {time}</translation>
    </message>
    <message>
        <source>{used}/{limit} 分</source>
        <translation>{used}/{limit} min</translation>
    </message>
    <message>
        <source>{why}，{since} 起停</source>
        <translation>{why}, stopped since {since}</translation>
    </message>
    <message>
        <source>不计入按期</source>
        <translation>Not counted as on time</translation>
    </message>
    <message>
        <source>业务时钟 不因升级重置</source>
        <translation>Business clock, never reset</translation>
    </message>
    <message>
        <source>任务处理</source>
        <translation>Handling</translation>
    </message>
    <message>
        <source>任务派遣</source>
        <translation>Dispatch</translation>
    </message>
    <message>
        <source>信息收集</source>
        <translation>Report</translation>
    </message>
    <message>
        <source>处理反馈</source>
        <translation>Result</translation>
    </message>
    <message>
        <source>已用 {share} %</source>
        <translation>{share} % used</translation>
    </message>
    <message>
        <source>已结束，不再计时</source>
        <translation>ended, no clock runs</translation>
    </message>
    <message>
        <source>提前 {time}</source>
        <translation>{time} early</translation>
    </message>
    <message>
        <source>核查结案</source>
        <translation>Closing</translation>
    </message>
    <message>
        <source>案卷建立</source>
        <translation>Filing</translation>
    </message>
    <message>
        <source>清单 第 {n} 版</source>
        <translation>List version {n}</translation>
    </message>
    <message>
        <source>申诉待复核</source>
        <translation>appeal pending</translation>
    </message>
    <message>
        <source>申诉成立，超期不计</source>
        <translation>appeal granted, late not counted</translation>
    </message>
    <message>
        <source>申诉未成立</source>
        <translation>appeal not granted</translation>
    </message>
    <message>
        <source>立案</source>
        <translation>Filing</translation>
    </message>
    <message>
        <source>结案</source>
        <translation>Closing</translation>
    </message>
    <message>
        <source>综合评价</source>
        <translation>Review</translation>
    </message>
    <message>
        <source>超 {time}</source>
        <translation>over by {time}</translation>
    </message>
    <message>
        <source>退回 {n} 次</source>
        <translation>returned ×{n}</translation>
    </message>
    <message>
        <source>阶段时钟</source>
        <translation>Stage clock</translation>
    </message>
    <message>
        <source>阶段时钟 {stage}</source>
        <translation>Stage clock: {stage}</translation>
    </message>
    <message>
        <source>限 {limit}</source>
        <translation>max {limit}</translation>
    </message>
    <message>
        <source>限 {limit} · {due} 到</source>
        <translation>Limit {limit} · due {due}</translation>
    </message>
    <message>
        <source>限 {n} 天</source>
        <translation>max {n} d</translation>
    </message>
    <message>
        <source>限 {time}</source>
        <translation>by {time}</translation>
    </message>
</context>
<context>
    <name>director</name>
    <message>
        <source>{count} 屏</source>
        <translation>screens {count}</translation>
    </message>
    <message>
        <source>{first} 等 {count} 个轮播</source>
        <translation>{first} and others, rotation of {count}</translation>
    </message>
    <message>
        <source>{hours}，</source>
        <translation>{hours}: </translation>
    </message>
    <message>
        <source>{note} · 画面 {age}前</source>
        <translation>{note} · picture {age} old</translation>
    </message>
    <message>
        <source>{seat} 席</source>
        <translation>Seat {seat}</translation>
    </message>
    <message>
        <source>{seat} 席还可答复，请稍候</source>
        <translation>Seat {seat} may still answer, please wait</translation>
    </message>
    <message>
        <source>{source} {n} 分无数据</source>
        <translation>{source} silent {n} min</translation>
    </message>
    <message>
        <source>{what}告警</source>
        <translation>{what} alarm</translation>
    </message>
    <message>
        <source>{what}连续 {n} 分钟没有新工单时换为 {scene}，来了工单还原</source>
        <translation>When {what} has brought nothing for {n} min: {scene}; back as before with its next ticket</translation>
    </message>
    <message>
        <source>{who} 场景 {name} · {clock}</source>
        <translation>{who} · scene {name} · {clock}</translation>
    </message>
    <message>
        <source>{who} 申请控制权：T 移交，N 不移交，30 秒未答对方可接管</source>
        <translation>{who} asks for control: T hands over, N refuses; without an answer in 30 s it may be taken</translation>
    </message>
    <message>
        <source>{who} 送 · {clock}</source>
        <translation>{who} · {clock}</translation>
    </message>
    <message>
        <source>上墙通知</source>
        <translation>set a notice</translation>
    </message>
    <message>
        <source>严重</source>
        <translation>critical</translation>
    </message>
    <message>
        <source>主机 {count} 屏在线</source>
        <translation>screens online: {count}</translation>
    </message>
    <message>
        <source>主机未接通，画面是最后的</source>
        <translation>host not connected, pictures are the last ones</translation>
    </message>
    <message>
        <source>交班未签</source>
        <translation>handover not signed</translation>
    </message>
    <message>
        <source>低亮度</source>
        <translation>quiet</translation>
    </message>
    <message>
        <source>全天换为 {scene}</source>
        <translation>All day: {scene}</translation>
    </message>
    <message>
        <source>分钟数写 {least} 到 {most} 的整数</source>
        <translation>Minutes: a whole number from {least} to {most}</translation>
    </message>
    <message>
        <source>删场景</source>
        <translation>deleted a scene</translation>
    </message>
    <message>
        <source>删规则</source>
        <translation>deleted a rule</translation>
    </message>
    <message>
        <source>前图 {before} · 后图 {after}</source>
        <translation>before: {before} · after: {after}</translation>
    </message>
    <message>
        <source>单路</source>
        <translation>One</translation>
    </message>
    <message>
        <source>取得控制权</source>
        <translation>took control</translation>
    </message>
    <message>
        <source>同类突增</source>
        <translation>burst</translation>
    </message>
    <message>
        <source>告警规则须选告警类别</source>
        <translation>An alarm rule needs a class of alarms</translation>
    </message>
    <message>
        <source>告警：{what}</source>
        <translation>Alarm: {what}</translation>
    </message>
    <message>
        <source>回看</source>
        <translation>past</translation>
    </message>
    <message>
        <source>回看 {clock}</source>
        <translation>at {clock}</translation>
    </message>
    <message>
        <source>地图</source>
        <translation>Map</translation>
    </message>
    <message>
        <source>场景 {name}</source>
        <translation>scene {name}</translation>
    </message>
    <message>
        <source>墙上 {age}前</source>
        <translation>wall {age}</translation>
    </message>
    <message>
        <source>墙上没有通知</source>
        <translation>No notice on the wall</translation>
    </message>
    <message>
        <source>大屏没有屏 {screen}</source>
        <translation>The wall has no screen {screen}</translation>
    </message>
    <message>
        <source>大屏登记</source>
        <translation>wall registered</translation>
    </message>
    <message>
        <source>存场景</source>
        <translation>kept a scene</translation>
    </message>
    <message>
        <source>存场景 {name}</source>
        <translation>kept scene {name}</translation>
    </message>
    <message>
        <source>对方未答，按 T 接管</source>
        <translation>No answer, T takes over</translation>
    </message>
    <message>
        <source>屏 {screen} 没有轮播可暂停</source>
        <translation>Screen {screen} has no rotation to pause</translation>
    </message>
    <message>
        <source>屏 {screen} 的画面数不对</source>
        <translation>Wrong number of views for screen {screen}</translation>
    </message>
    <message>
        <source>屏 {screen} 的轮播刚换过，看清后再按空格</source>
        <translation>The rotation of screen {screen} has just been changed: look, then press Space again</translation>
    </message>
    <message>
        <source>屏 {screen} 的轮播已暂停</source>
        <translation>The rotation of screen {screen} is paused already</translation>
    </message>
    <message>
        <source>屏 {screen} 的轮播没有暂停</source>
        <translation>The rotation of screen {screen} is not paused</translation>
    </message>
    <message>
        <source>屏幕变化</source>
        <translation>screens changed</translation>
    </message>
    <message>
        <source>工单</source>
        <translation>Tkt</translation>
    </message>
    <message>
        <source>工单 {what}</source>
        <translation>Ticket {what}</translation>
    </message>
    <message>
        <source>工单超期</source>
        <translation>ticket overdue</translation>
    </message>
    <message>
        <source>已申请，{left} 秒后可接管</source>
        <translation>Asked, may take over in {left} s</translation>
    </message>
    <message>
        <source>常驻</source>
        <translation>Stays</translation>
    </message>
    <message>
        <source>当时没有画面</source>
        <translation>Nothing hung here then</translation>
    </message>
    <message>
        <source>态势</source>
        <translation>Day</translation>
    </message>
    <message>
        <source>换 {count} 屏画面</source>
        <translation>changed screens: {count}</translation>
    </message>
    <message>
        <source>换为场景</source>
        <translation>Scene it brings</translation>
    </message>
    <message>
        <source>换画面</source>
        <translation>changed views</translation>
    </message>
    <message>
        <source>控制权 {who} · 本席只读</source>
        <translation>Control: {who} · this seat reads only</translation>
    </message>
    <message>
        <source>控制权在 {seat} 席，按 T 申请</source>
        <translation>Seat {seat} has the control, T asks for it</translation>
    </message>
    <message>
        <source>控制权在本席</source>
        <translation>This seat has the control</translation>
    </message>
    <message>
        <source>控制权空闲，应用即取得</source>
        <translation>Control is free, applying takes it</translation>
    </message>
    <message>
        <source>撤下通知</source>
        <translation>Take down</translation>
    </message>
    <message>
        <source>改规则</source>
        <translation>changed a rule</translation>
    </message>
    <message>
        <source>放下控制权</source>
        <translation>released control</translation>
    </message>
    <message>
        <source>敏感事项</source>
        <translation>sensitive matter</translation>
    </message>
    <message>
        <source>断开 · 画面 {age}前</source>
        <translation>lost · picture {age} old</translation>
    </message>
    <message>
        <source>无数据：{source}</source>
        <translation>Silent: {source}</translation>
    </message>
    <message>
        <source>时段写成 20:00-07:30，全天留空</source>
        <translation>Write hours as 20:00-07:30, nothing for the whole day</translation>
    </message>
    <message>
        <source>时段，如 20:00-07:30，空为全天</source>
        <translation>Hours, such as 20:00-07:30; empty = all day</translation>
    </message>
    <message>
        <source>暂停 屏 {number} 轮播 {what}</source>
        <translation>paused screen {number} on {what}</translation>
    </message>
    <message>
        <source>暂停改变</source>
        <translation>pause changed</translation>
    </message>
    <message>
        <source>最多 {most} 个</source>
        <translation>At most {most}</translation>
    </message>
    <message>
        <source>最多 {most} 条规则，先删一条</source>
        <translation>No more rules than {most}: drop one first</translation>
    </message>
    <message>
        <source>有未确认的{what}告警时换为 {scene}，确认或恢复后还原</source>
        <translation>While an alarm ({what}) is not acknowledged: {scene}; back as before once it is acknowledged or over</translation>
    </message>
    <message>
        <source>未接通</source>
        <translation>Not reached</translation>
    </message>
    <message>
        <source>未移交控制权</source>
        <translation>did not hand over</translation>
    </message>
    <message>
        <source>本席 {age}前</source>
        <translation>own {age}</translation>
    </message>
    <message>
        <source>本席与联动服务断开，画面是最后的</source>
        <translation>this desk has no line, pictures are the last ones</translation>
    </message>
    <message>
        <source>本席只看；{roles}可导播</source>
        <translation>This seat only looks; {roles} lead walls</translation>
    </message>
    <message>
        <source>来源无数据</source>
        <translation>source silent</translation>
    </message>
    <message>
        <source>来源规则须选来源</source>
        <translation>A rule of silence needs a source</translation>
    </message>
    <message>
        <source>每天 {hours} 换为 {scene}，到点还原</source>
        <translation>Each day {hours}: {scene}, then back as before</translation>
    </message>
    <message>
        <source>每天一段时间</source>
        <translation>Hours of each day</translation>
    </message>
    <message>
        <source>没有可还原的更改，或已超过 30 秒</source>
        <translation>Nothing to undo, or 30 s have passed</translation>
    </message>
    <message>
        <source>没有场景 {name}</source>
        <translation>No scene {name}</translation>
    </message>
    <message>
        <source>没有大屏登记。在大屏主机上运行 liandong desktop --wall 名称。</source>
        <translation>No wall has registered. Run liandong desktop --wall NAME on the wall computer.</translation>
    </message>
    <message>
        <source>没有席位在申请控制权</source>
        <translation>No seat asks for the control</translation>
    </message>
    <message>
        <source>没有要应用的屏</source>
        <translation>No screen to apply</translation>
    </message>
    <message>
        <source>没有规则 {name}</source>
        <translation>No rule {name}</translation>
    </message>
    <message>
        <source>特急事项</source>
        <translation>urgent matter</translation>
    </message>
    <message>
        <source>申请控制权</source>
        <translation>asked for control</translation>
    </message>
    <message>
        <source>画面 {age}前</source>
        <translation>picture {age} ago</translation>
    </message>
    <message>
        <source>画面还是 {title}</source>
        <translation>still {title}</translation>
    </message>
    <message>
        <source>积压超限</source>
        <translation>backlog over limit</translation>
    </message>
    <message>
        <source>空</source>
        <translation>empty</translation>
    </message>
    <message>
        <source>等待导播</source>
        <translation>Waiting</translation>
    </message>
    <message>
        <source>系统自检</source>
        <translation>self-check</translation>
    </message>
    <message>
        <source>统计</source>
        <translation>KPI</translation>
    </message>
    <message>
        <source>继续 屏 {number} 轮播</source>
        <translation>resumed screen {number}</translation>
    </message>
    <message>
        <source>联检</source>
        <translation>Joint</translation>
    </message>
    <message>
        <source>规则 {name} · {clock}</source>
        <translation>Rule {name} · {clock}</translation>
    </message>
    <message>
        <source>规则 {name} 切 屏 {numbers}</source>
        <translation>rule {name} took screens {numbers}</translation>
    </message>
    <message>
        <source>规则 {name} 还原</source>
        <translation>rule {name} gave back</translation>
    </message>
    <message>
        <source>规则切换</source>
        <translation>rule started</translation>
    </message>
    <message>
        <source>规则已在执行</source>
        <translation>The rule runs already</translation>
    </message>
    <message>
        <source>规则未在执行</source>
        <translation>The rule does not run</translation>
    </message>
    <message>
        <source>规则还原</source>
        <translation>rule ended</translation>
    </message>
    <message>
        <source>视频</source>
        <translation>Cam</translation>
    </message>
    <message>
        <source>视频 {what}</source>
        <translation>Camera {what}</translation>
    </message>
    <message>
        <source>视频断开</source>
        <translation>camera lost</translation>
    </message>
    <message>
        <source>起因</source>
        <translation>Cause</translation>
    </message>
    <message>
        <source>超期</source>
        <translation>Due</translation>
    </message>
    <message>
        <source>轮播 {count}</source>
        <translation>turning {count}</translation>
    </message>
    <message>
        <source>轮播 {n}/{of} · 剩 {left} 秒</source>
        <translation>Rotation {n}/{of} · {left} s left</translation>
    </message>
    <message>
        <source>轮播 {n}/{of} · 暂停</source>
        <translation>rotation {n}/{of} · paused</translation>
    </message>
    <message>
        <source>轮播暂停 · {who} · {clock} 起</source>
        <translation>Rotation paused · {who} · since {clock}</translation>
    </message>
    <message>
        <source>轻微</source>
        <translation>minor</translation>
    </message>
    <message>
        <source>还原</source>
        <translation>Undo</translation>
    </message>
    <message>
        <source>还没有画面</source>
        <translation>no picture yet</translation>
    </message>
    <message>
        <source>这块屏显示不了它</source>
        <translation>this screen cannot show it</translation>
    </message>
    <message>
        <source>连续多少分钟无数据</source>
        <translation>Minutes without a report</translation>
    </message>
    <message>
        <source>送 屏 {number} {what}</source>
        <translation>sent {what} to screen {number}</translation>
    </message>
    <message>
        <source>选一个场景</source>
        <translation>Choose a scene</translation>
    </message>
    <message>
        <source>通知 {text}</source>
        <translation>notice {text}</translation>
    </message>
    <message>
        <source>通知是空的</source>
        <translation>The notice is empty</translation>
    </message>
    <message>
        <source>通知里有电话、证件或账号那样长的号码，上墙前去掉</source>
        <translation>The notice holds a number as long as a phone, identity card or account: take it out first</translation>
    </message>
    <message>
        <source>重要</source>
        <translation>major</translation>
    </message>
    <message>
        <source>锁定改变</source>
        <translation>lock changed</translation>
    </message>
    <message>
        <source>，画面 {age}前</source>
        <translation>, pictures {age} old</translation>
    </message>
</context>
<context>
    <name>documents</name>
    <message>
        <source>上传照片</source>
        <translation>Attach photo</translation>
    </message>
    <message>
        <source>上报屏幕变化</source>
        <translation>Report screens</translation>
    </message>
    <message>
        <source>不批换班</source>
        <translation>Refuse swap</translation>
    </message>
    <message>
        <source>交出控制</source>
        <translation>Hand back control</translation>
    </message>
    <message>
        <source>交接班</source>
        <translation>handover</translation>
    </message>
    <message>
        <source>交班签名</source>
        <translation>Sign as outgoing</translation>
    </message>
    <message>
        <source>保存场景</source>
        <translation>Keep scene</translation>
    </message>
    <message>
        <source>保存规则</source>
        <translation>Keep rule</translation>
    </message>
    <message>
        <source>修改一项</source>
        <translation>Edit item</translation>
    </message>
    <message>
        <source>修改草稿</source>
        <translation>Change draft</translation>
    </message>
    <message>
        <source>修订</source>
        <translation>Revise</translation>
    </message>
    <message>
        <source>删除场景</source>
        <translation>Delete scene</translation>
    </message>
    <message>
        <source>删除规则</source>
        <translation>Delete rule</translation>
    </message>
    <message>
        <source>判定</source>
        <translation>Judge</translation>
    </message>
    <message>
        <source>发布</source>
        <translation>Publish</translation>
    </message>
    <message>
        <source>启动规则</source>
        <translation>Start rule</translation>
    </message>
    <message>
        <source>告警</source>
        <translation>alarm</translation>
    </message>
    <message>
        <source>基础数据</source>
        <translation>base table</translation>
    </message>
    <message>
        <source>复述</source>
        <translation>Read back</translation>
    </message>
    <message>
        <source>大屏</source>
        <translation>wall</translation>
    </message>
    <message>
        <source>导出登记</source>
        <translation>export record</translation>
    </message>
    <message>
        <source>应用到墙</source>
        <translation>Apply to wall</translation>
    </message>
    <message>
        <source>开始交接</source>
        <translation>Begin</translation>
    </message>
    <message>
        <source>恢复一项</source>
        <translation>Restore item</translation>
    </message>
    <message>
        <source>批准换班</source>
        <translation>Approve swap</translation>
    </message>
    <message>
        <source>抽查</source>
        <translation>spot check</translation>
    </message>
    <message>
        <source>抽样</source>
        <translation>Draw</translation>
    </message>
    <message>
        <source>排班</source>
        <translation>roster</translation>
    </message>
    <message>
        <source>接班签名</source>
        <translation>Sign as incoming</translation>
    </message>
    <message>
        <source>接管控制</source>
        <translation>Take control</translation>
    </message>
    <message>
        <source>提问</source>
        <translation>Ask</translation>
    </message>
    <message>
        <source>撤下照片</source>
        <translation>Withdraw photo</translation>
    </message>
    <message>
        <source>撤下通知</source>
        <translation>Take notice down</translation>
    </message>
    <message>
        <source>放弃草稿</source>
        <translation>Drop draft</translation>
    </message>
    <message>
        <source>暂停或继续轮播</source>
        <translation>Pause or go on with a rotation</translation>
    </message>
    <message>
        <source>核对</source>
        <translation>Check off</translation>
    </message>
    <message>
        <source>添加一项</source>
        <translation>Add item</translation>
    </message>
    <message>
        <source>现场照片</source>
        <translation>site photo</translation>
    </message>
    <message>
        <source>申请换班</source>
        <translation>Ask for swap</translation>
    </message>
    <message>
        <source>申请控制</source>
        <translation>Ask for control</translation>
    </message>
    <message>
        <source>登记</source>
        <translation>Register</translation>
    </message>
    <message>
        <source>登记屏幕</source>
        <translation>Register screens</translation>
    </message>
    <message>
        <source>确认复述</source>
        <translation>Agree to read-back</translation>
    </message>
    <message>
        <source>移除一项</source>
        <translation>Remove item</translation>
    </message>
    <message>
        <source>答复</source>
        <translation>Answer</translation>
    </message>
    <message>
        <source>答复控制申请</source>
        <translation>Answer request for control</translation>
    </message>
    <message>
        <source>签名文件存档</source>
        <translation>File signed papers</translation>
    </message>
    <message>
        <source>结束规则</source>
        <translation>End rule</translation>
    </message>
    <message>
        <source>联合检查</source>
        <translation>joint inspection</translation>
    </message>
    <message>
        <source>设定</source>
        <translation>Set</translation>
    </message>
    <message>
        <source>起草</source>
        <translation>Draft</translation>
    </message>
    <message>
        <source>还原墙面</source>
        <translation>Undo on wall</translation>
    </message>
    <message>
        <source>通知上墙</source>
        <translation>Put notice on wall</translation>
    </message>
    <message>
        <source>重新起草</source>
        <translation>Draft again</translation>
    </message>
    <message>
        <source>锁定屏幕</source>
        <translation>Lock screen</translation>
    </message>
</context>
<context>
    <name>evaluation</name>
    <message>
        <source>{at} 结案</source>
        <translation>closed {at}</translation>
    </message>
    <message>
        <source>{done}/{n} 已判，简化 {hollow}</source>
        <translation>judged {done}/{n}, hollow {hollow}</translation>
    </message>
    <message>
        <source>{of} 件中抽 {n} 件 · 种子 </source>
        <translation>{n} of {of} · seed </translation>
    </message>
    <message>
        <source>{ticket} 不在这次抽查里</source>
        <translation>{ticket} is not in this spot check</translation>
    </message>
    <message>
        <source>{ticket} 已判过</source>
        <translation>{ticket} has its verdict</translation>
    </message>
    <message>
        <source>、</source>
        <translation>, </translation>
    </message>
    <message>
        <source>三次未接通</source>
        <translation>not reached three times</translation>
    </message>
    <message>
        <source>不满意</source>
        <translation>not satisfied</translation>
    </message>
    <message>
        <source>临限结案</source>
        <translation>closed at the last moment</translation>
    </message>
    <message>
        <source>全区</source>
        <translation>whole district</translation>
    </message>
    <message>
        <source>到（含）</source>
        <translation>to (included)</translation>
    </message>
    <message>
        <source>同地再报</source>
        <translation>reported again here</translation>
    </message>
    <message>
        <source>基本满意</source>
        <translation>basically satisfied</translation>
    </message>
    <message>
        <source>属实</source>
        <translation>sound</translation>
    </message>
    <message>
        <source>已复核 {n}/2</source>
        <translation>reviewed {n}/2</translation>
    </message>
    <message>
        <source>已解决</source>
        <translation>solved</translation>
    </message>
    <message>
        <source>开始日期在结束之后，请改日期</source>
        <translation>The first day is after the last, change the dates</translation>
    </message>
    <message>
        <source>待判</source>
        <translation>to be judged</translation>
    </message>
    <message>
        <source>待回访</source>
        <translation>to be called</translation>
    </message>
    <message>
        <source>待回访 {open} · 待二次办理 {second} · 三次未接通 {unreachable} · 接通 {reached}：解决 {solved}，满意 {pleased}</source>
        <translation>To call {open} · second handling {second} · not reached three times {unreachable} · reached {reached}: solved {solved}, satisfied {pleased}</translation>
    </message>
    <message>
        <source>总体为空或超过 {most} 件，请改日期或街道</source>
        <translation>The frame is empty or over {most}, change dates or town</translation>
    </message>
    <message>
        <source>抽中的 {ticket} 刚刚重开，请再抽一次</source>
        <translation>{ticket} was drawn and has just been reopened, draw again</translation>
    </message>
    <message>
        <source>抽多少件</source>
        <translation>How many</translation>
    </message>
    <message>
        <source>抽多少件，请填 1 到 {most} 的整数</source>
        <translation>How many: a whole number from 1 to {most}</translation>
    </message>
    <message>
        <source>按记录的总体和种子重抽，结果一致。</source>
        <translation>Drawn again from the recorded frame and seed: the same. </translation>
    </message>
    <message>
        <source>按记录重抽，结果不一致：请报告考核员。</source>
        <translation>Drawn again from the record: not the same. Tell the assessor. </translation>
    </message>
    <message>
        <source>接通</source>
        <translation>reached</translation>
    </message>
    <message>
        <source>无法判断</source>
        <translation>cannot tell</translation>
    </message>
    <message>
        <source>日期不对，请改日期</source>
        <translation>Wrong dates, change them</translation>
    </message>
    <message>
        <source>未接通 {n}/3，再拨</source>
        <translation>not reached {n}/3, call again</translation>
    </message>
    <message>
        <source>未解决</source>
        <translation>not solved</translation>
    </message>
    <message>
        <source>未评价</source>
        <translation>no opinion</translation>
    </message>
    <message>
        <source>本机按同一条件得到同样的总体。</source>
        <translation>This machine finds the same frame.</translation>
    </message>
    <message>
        <source>本机按同一条件：少 {gone} 件（此后重开，或本席看不到），多 {more} 件。</source>
        <translation>This machine finds a frame without {gone} of them (reopened since, or not for this seat), and {more} more.</translation>
    </message>
    <message>
        <source>清单要求处置后照片，没有上传</source>
        <translation>the list asks for a photo after the work, none was added</translation>
    </message>
    <message>
        <source>满意</source>
        <translation>satisfied</translation>
    </message>
    <message>
        <source>申诉不成立</source>
        <translation>not granted</translation>
    </message>
    <message>
        <source>申诉成立：仍显示超期，不计入统计</source>
        <translation>granted: still shown late, not counted</translation>
    </message>
    <message>
        <source>看到什么</source>
        <translation>What was seen</translation>
    </message>
    <message>
        <source>离时限 {time} 结案，随后重开</source>
        <translation>closed {time} before the limit, then reopened</translation>
    </message>
    <message>
        <source>种子（最好用公开的数，例如当天开奖号）</source>
        <translation>Seed (best a public number, such as a lottery draw of the day)</translation>
    </message>
    <message>
        <source>签收到反馈 {took}，同事项 {n} 件中最快的 1% 为 {p1}</source>
        <translation>signed to result in {took}; the fastest 1 % of this item (of {n}) take {p1}</translation>
    </message>
    <message>
        <source>简化办结</source>
        <translation>hollow</translation>
    </message>
    <message>
        <source>结果文字与另外 {others} 件相同，例如 {first}</source>
        <translation>the result reads like others ({others}), for example {first}</translation>
    </message>
    <message>
        <source>结果雷同</source>
        <translation>result reads alike</translation>
    </message>
    <message>
        <source>结案后 {days} 天重开</source>
        <translation>reopened {days} d after closing</translation>
    </message>
    <message>
        <source>结案后 {days} 天，同一地点同一事项又报：{ticket}</source>
        <translation>{days} d after closing the same matter was reported at the same place: {ticket}</translation>
    </message>
    <message>
        <source>结案日期从</source>
        <translation>Closed from</translation>
    </message>
    <message>
        <source>缺照片</source>
        <translation>photo missing</translation>
    </message>
    <message>
        <source>街道</source>
        <translation>Town</translation>
    </message>
    <message>
        <source>说不清</source>
        <translation>cannot say</translation>
    </message>
    <message>
        <source>请填种子</source>
        <translation>Give a seed</translation>
    </message>
    <message>
        <source>过快</source>
        <translation>too fast</translation>
    </message>
    <message>
        <source>这段时间没有结案的工单，请改日期或街道</source>
        <translation>Nothing was closed in this time, change dates or town</translation>
    </message>
    <message>
        <source>重开</source>
        <translation>reopened</translation>
    </message>
    <message>
        <source>非常满意</source>
        <translation>very satisfied</translation>
    </message>
</context>
<context>
    <name>events</name>
    <message>
        <source>{closed}（{outcome}）</source>
        <translation>{closed} ({outcome})</translation>
    </message>
    <message>
        <source>{unit} 签收</source>
        <translation>Signed by {unit}</translation>
    </message>
    <message>
        <source>、</source>
        <translation>, </translation>
    </message>
    <message>
        <source>上报（{source}）</source>
        <translation>Reported ({source})</translation>
    </message>
    <message>
        <source>不予受理</source>
        <translation>Refused</translation>
    </message>
    <message>
        <source>不予受理，转 {referred_to}</source>
        <translation>Refused, referred to {referred_to}</translation>
    </message>
    <message>
        <source>不准申请</source>
        <translation>Request refused</translation>
    </message>
    <message>
        <source>主管部门同意延期</source>
        <translation>Delay agreed by the department</translation>
    </message>
    <message>
        <source>代 {unit} {what}（电话告知）</source>
        <translation>for {unit}: {what} (told by phone)</translation>
    </message>
    <message>
        <source>位置改为 {place}</source>
        <translation>Moved to {place}</translation>
    </message>
    <message>
        <source>作废</source>
        <translation>Void</translation>
    </message>
    <message>
        <source>催办</source>
        <translation>Reminded</translation>
    </message>
    <message>
        <source>再次派遣 {unit}</source>
        <translation>Dispatched again to {unit}</translation>
    </message>
    <message>
        <source>准予延期</source>
        <translation>Delay granted</translation>
    </message>
    <message>
        <source>升级到{level}</source>
        <translation>Escalated to {level}</translation>
    </message>
    <message>
        <source>协办</source>
        <translation>co-units added</translation>
    </message>
    <message>
        <source>协办反馈</source>
        <translation>part reported</translation>
    </message>
    <message>
        <source>协办评定</source>
        <translation>part judged</translation>
    </message>
    <message>
        <source>反馈处理结果</source>
        <translation>Result reported</translation>
    </message>
    <message>
        <source>反馈处理结果（{level}级办理）</source>
        <translation>Result reported (handled at {level} level)</translation>
    </message>
    <message>
        <source>受理</source>
        <translation>Accepted</translation>
    </message>
    <message>
        <source>吹哨</source>
        <translation>whistled</translation>
    </message>
    <message>
        <source>回访接通</source>
        <translation>Call-back reached</translation>
    </message>
    <message>
        <source>回访未接通</source>
        <translation>Call-back not reached</translation>
    </message>
    <message>
        <source>回退</source>
        <translation>Returned</translation>
    </message>
    <message>
        <source>备注</source>
        <translation>Note</translation>
    </message>
    <message>
        <source>并入 {into}</source>
        <translation>Merged into {into}</translation>
    </message>
    <message>
        <source>强制结案</source>
        <translation>Forced closed</translation>
    </message>
    <message>
        <source>恢复处理</source>
        <translation>Resumed</translation>
    </message>
    <message>
        <source>报到</source>
        <translation>checked in</translation>
    </message>
    <message>
        <source>挂账</source>
        <translation>Suspended</translation>
    </message>
    <message>
        <source>挂账期满，自动恢复</source>
        <translation>Suspension over, resumed by itself</translation>
    </message>
    <message>
        <source>提高紧急程度</source>
        <translation>Urgency raised</translation>
    </message>
    <message>
        <source>撤回派遣</source>
        <translation>Dispatch withdrawn</translation>
    </message>
    <message>
        <source>改主单</source>
        <translation>Main ticket changed</translation>
    </message>
    <message>
        <source>改派 {unit}</source>
        <translation>Redirected to {unit}</translation>
    </message>
    <message>
        <source>日历变更，重算时限</source>
        <translation>Calendar changed, limits recalculated</translation>
    </message>
    <message>
        <source>未填调解结果</source>
        <translation>Mediation outcome not stated</translation>
    </message>
    <message>
        <source>核实不属实</source>
        <translation>Verified: not found</translation>
    </message>
    <message>
        <source>核实属实</source>
        <translation>Verified: exists</translation>
    </message>
    <message>
        <source>核实无法判断</source>
        <translation>Verified: cannot tell</translation>
    </message>
    <message>
        <source>核查无法判断</source>
        <translation>Check: cannot tell</translation>
    </message>
    <message>
        <source>核查未通过，返工</source>
        <translation>Check failed, rework</translation>
    </message>
    <message>
        <source>核查通过</source>
        <translation>Check passed</translation>
    </message>
    <message>
        <source>派出核实</source>
        <translation>Verification asked</translation>
    </message>
    <message>
        <source>派出核查</source>
        <translation>Check asked</translation>
    </message>
    <message>
        <source>派遣 {unit}</source>
        <translation>Dispatched to {unit}</translation>
    </message>
    <message>
        <source>申诉</source>
        <translation>Appealed</translation>
    </message>
    <message>
        <source>申诉复核：不同意</source>
        <translation>Appeal rejected</translation>
    </message>
    <message>
        <source>申诉复核：同意</source>
        <translation>Appeal granted</translation>
    </message>
    <message>
        <source>申请延期 {extra}</source>
        <translation>Delay of {extra} asked</translation>
    </message>
    <message>
        <source>申请挂账</source>
        <translation>Suspension asked</translation>
    </message>
    <message>
        <source>督办</source>
        <translation>Supervised</translation>
    </message>
    <message>
        <source>督办办结</source>
        <translation>Supervision settled</translation>
    </message>
    <message>
        <source>立案</source>
        <translation>Filed</translation>
    </message>
    <message>
        <source>签收</source>
        <translation>Signed</translation>
    </message>
    <message>
        <source>结案</source>
        <translation>Closed</translation>
    </message>
    <message>
        <source>结案，按期</source>
        <translation>Closed on time</translation>
    </message>
    <message>
        <source>结案，无时限</source>
        <translation>Closed, no limit</translation>
    </message>
    <message>
        <source>结案，超期</source>
        <translation>Closed overdue</translation>
    </message>
    <message>
        <source>调解成功</source>
        <translation>Settled</translation>
    </message>
    <message>
        <source>调解未成</source>
        <translation>Not settled</translation>
    </message>
    <message>
        <source>超时自动升级到{level}</source>
        <translation>Escalated to {level} by overrun</translation>
    </message>
    <message>
        <source>退回整改：过简闭环</source>
        <translation>Closing rejected: too thin</translation>
    </message>
    <message>
        <source>退回整改：错误办理</source>
        <translation>Closing rejected: wrongly handled</translation>
    </message>
    <message>
        <source>退回整改：阶段性闭环</source>
        <translation>Closing rejected: only partly done</translation>
    </message>
    <message>
        <source>重开</source>
        <translation>Reopened</translation>
    </message>
    <message>
        <source>，协办 {units}</source>
        <translation>, co-units {units}</translation>
    </message>
    <message>
        <source>：</source>
        <translation>: </translation>
    </message>
</context>
<context>
    <name>evidence</name>
    <message>
        <source>{seat} 席</source>
        <translation>seat {seat}</translation>
    </message>
    <message>
        <source>{sentence}：“{text}”</source>
        <translation>{sentence}: “{text}”</translation>
    </message>
    <message>
        <source>原因</source>
        <translation>Reason</translation>
    </message>
    <message>
        <source>原因须联机取得</source>
        <translation>the reason needs the line</translation>
    </message>
    <message>
        <source>取不到照片</source>
        <translation>cannot be fetched</translation>
    </message>
    <message>
        <source>只有上传的席位和值班长可以撤下</source>
        <translation>only the seat that added it and the shift leader withdraw it</translation>
    </message>
    <message>
        <source>处置前</source>
        <translation>Before</translation>
    </message>
    <message>
        <source>处置后</source>
        <translation>After</translation>
    </message>
    <message>
        <source>拍摄时间在将来，请核对相机时钟</source>
        <translation>taken in the future: check the camera&apos;s clock</translation>
    </message>
    <message>
        <source>撤下{moment}照片</source>
        <translation>withdrew a photo ({moment})</translation>
    </message>
    <message>
        <source>撤下哪张</source>
        <translation>Which photo</translation>
    </message>
    <message>
        <source>文件不是照片；扫描件请放在文书里</source>
        <translation>not a photo; scans belong to the papers</translation>
    </message>
    <message>
        <source>服务器没有收下这张照片，请重新选择</source>
        <translation>the server did not take this photo, choose it again</translation>
    </message>
    <message>
        <source>本机磁盘已满，照片没有保存；请腾出空间再试</source>
        <translation>this disk is full, the photo is not kept: free some space and try again</translation>
    </message>
    <message>
        <source>正在取图</source>
        <translation>fetching</translation>
    </message>
    <message>
        <source>没有{moment}照片</source>
        <translation>no photo: {moment}</translation>
    </message>
    <message>
        <source>没有这张工单，或不在本席范围内</source>
        <translation>no such ticket, or outside what this seat sees</translation>
    </message>
    <message>
        <source>照片已撤下</source>
        <translation>the photo is withdrawn</translation>
    </message>
    <message>
        <source>照片文件（jpg、png，8 兆以内；也可拖进窗口）</source>
        <translation>Photo file (jpg, png, up to 8 MB; or drop it on the window)</translation>
    </message>
    <message>
        <source>照片超过 4000 万像素；请缩小后再试</source>
        <translation>over 40 million pixels: make it smaller and try again</translation>
    </message>
    <message>
        <source>照片里带有拍摄地点等信息，服务器没有收；请重新选择这张照片</source>
        <translation>The photo tells where it was taken; the server did not take it. Choose the photo again.</translation>
    </message>
    <message>
        <source>现场</source>
        <translation>Site</translation>
    </message>
    <message>
        <source>补{moment}照片</source>
        <translation>brought a photo ({moment})</translation>
    </message>
    <message>
        <source>说明</source>
        <translation>Note</translation>
    </message>
    <message>
        <source>这不是照片，或超过 8 兆；请用 jpg 或 png，缩小后再试</source>
        <translation>not a photo, or over 8 MB: use jpg or png, make it smaller and try again</translation>
    </message>
    <message>
        <source>这个文件打不开，不是完整的照片；请重新拍或另存为 jpg</source>
        <translation>this file cannot be opened, it is no whole photo: take it again or save it as jpg</translation>
    </message>
    <message>
        <source>这张照片已经在本单</source>
        <translation>this photo is already with the ticket</translation>
    </message>
    <message>
        <source>这是</source>
        <translation>It shows</translation>
    </message>
</context>
<context>
    <name>first_run</name>
    <message>
        <source>令牌不被接受（不对、过期或已撤销）：请重新粘贴，或向管理员领取新令牌</source>
        <translation>The token is not accepted (wrong, expired or withdrawn): paste it again, or ask the administrator for a new one</translation>
    </message>
    <message>
        <source>地址写法不对：要像 ws://10.0.0.5:8700，主机名或 IP 后跟端口</source>
        <translation>This is no address: write it like ws://10.0.0.5:8700, a host name or IP and a port</translation>
    </message>
    <message>
        <source>找不到这台主机：请核对主机名，或改填它的 IP 地址</source>
        <translation>There is no host of this name: check the name, or give its IP address</translation>
    </message>
    <message>
        <source>服务器与本程序版本不合：请把本机程序升级到与服务器相同的版本</source>
        <translation>The server speaks another version: bring this program to the version of the server</translation>
    </message>
    <message>
        <source>服务器没有应答：请检查网络和防火墙，再按 Enter 重试</source>
        <translation>The server does not answer: check network and firewall, then press Enter to try again</translation>
    </message>
    <message>
        <source>服务器现在忙：请等半分钟再按 Enter 重试</source>
        <translation>The server is busy: wait half a minute, then press Enter to try again</translation>
    </message>
    <message>
        <source>服务器证书不可信：请向管理员要证书装到本机，或核对地址</source>
        <translation>The certificate of the server is not trusted: install it on this computer, or check the address</translation>
    </message>
    <message>
        <source>这个地址上不是联动服务器：请核对端口，ws:// 与 wss:// 也不要写反</source>
        <translation>What answers there is no Liandong server: check the port, and whether it is ws:// or wss://</translation>
    </message>
    <message>
        <source>这个地址没有服务在听：请核对 IP 和端口，并确认服务器上 liandong backend 已启动</source>
        <translation>Nothing listens at this address: check IP and port, and that liandong backend runs on the server</translation>
    </message>
</context>
<context>
    <name>freshness</name>
    <message>
        <source>{age}前</source>
        <translation>{age} ago</translation>
    </message>
    <message>
        <source>{word} 还差 {n} 条</source>
        <translation>{word}, {n} behind</translation>
    </message>
    <message>
        <source>启动以来未接通</source>
        <translation>Never connected</translation>
    </message>
    <message>
        <source>截至 {time}</source>
        <translation>as of {time}</translation>
    </message>
    <message>
        <source>，</source>
        <translation>, </translation>
    </message>
</context>
<context>
    <name>handover</name>
    <message>
        <source>24 小时内挂账到期 {n} 件</source>
        <translation>Suspensions that end within 24 hours: {n}</translation>
    </message>
    <message>
        <source>{accepted} / {closed}</source>
        <translation>{accepted} / {closed}</translation>
    </message>
    <message>
        <source>{at} 最后变动</source>
        <translation>last change {at}</translation>
    </message>
    <message>
        <source>{day} {shift} 交 {next}</source>
        <translation>{day} {shift} to {next}</translation>
    </message>
    <message>
        <source>{names} 等，已知 {total} 路中不通 {down} 路，不可用于研判。</source>
        <translation>{names} …: {down} of {total} known cameras do not answer, not to be relied on.</translation>
    </message>
    <message>
        <source>{name} {value}（{n} / {total}，{excluded}）</source>
        <translation>{name} {value} ({n} / {total}, {excluded})</translation>
    </message>
    <message>
        <source>{ref} 席有命令未送达</source>
        <translation>Seat {ref} has commands not delivered</translation>
    </message>
    <message>
        <source>{ref}中断</source>
        <translation>{ref} is interrupted</translation>
    </message>
    <message>
        <source>{seat} 席</source>
        <translation>seat {seat}</translation>
    </message>
    <message>
        <source>{severity}，第 {n} 项</source>
        <translation>{severity}, item {n}</translation>
    </message>
    <message>
        <source>{site}交接班报告</source>
        <translation>{site} handover report</translation>
    </message>
    <message>
        <source>{text}，已超期 {age}</source>
        <translation>{text}, overdue by {age}</translation>
    </message>
    <message>
        <source>{what}（时限 {when} 已过）</source>
        <translation>{what} (limit {when} has passed)</translation>
    </message>
    <message>
        <source>{when} 前 {what}</source>
        <translation>by {when}: {what}</translation>
    </message>
    <message>
        <source>{who} 改过 {n} 次</source>
        <translation>{who}, edits: {n}</translation>
    </message>
    <message>
        <source>{who} 添加</source>
        <translation>{who} added it</translation>
    </message>
    <message>
        <source>{who} 移除：{why}</source>
        <translation>{who} removed it: {why}</translation>
    </message>
    <message>
        <source>“{text}”</source>
        <translation>“{text}”</translation>
    </message>
    <message>
        <source>、</source>
        <translation>, </translation>
    </message>
    <message>
        <source>。</source>
        <translation>.</translation>
    </message>
    <message>
        <source>不予受理</source>
        <translation>Refused</translation>
    </message>
    <message>
        <source>不再搁置，按处置卡办</source>
        <translation>shelve it no longer, act by its card</translation>
    </message>
    <message>
        <source>临期</source>
        <translation>At risk</translation>
    </message>
    <message>
        <source>临期 {n}</source>
        <translation>at risk {n}</translation>
    </message>
    <message>
        <source>书面通报并计入评分</source>
        <translation>report it in writing and score it</translation>
    </message>
    <message>
        <source>事项</source>
        <translation>Item</translation>
    </message>
    <message>
        <source>交接核对</source>
        <translation>Handover checks</translation>
    </message>
    <message>
        <source>交接班</source>
        <translation>Shift handover</translation>
    </message>
    <message>
        <source>交接记录</source>
        <translation>record of the handover</translation>
    </message>
    <message>
        <source>交接记录（报告、复述、疑问、核对、交班签名）的摘要：{hash}</source>
        <translation>Digest of the record (report, read-backs, questions, checks, signature of the outgoing shift): {hash}</translation>
    </message>
    <message>
        <source>交班</source>
        <translation>Giving</translation>
    </message>
    <message>
        <source>交班&#x3000;{who}</source>
        <translation>Giving&#x3000;{who}</translation>
    </message>
    <message>
        <source>交班人不能替接班人复述</source>
        <translation>who gives the shift cannot read it back</translation>
    </message>
    <message>
        <source>交班人先签</source>
        <translation>the giver signs first</translation>
    </message>
    <message>
        <source>交班人已签此版本</source>
        <translation>the giver has signed this version</translation>
    </message>
    <message>
        <source>交班人已签，接班人未签</source>
        <translation>Signed by the giver, not by the receiver</translation>
    </message>
    <message>
        <source>交班人确认一致</source>
        <translation>Confirmed by the giver</translation>
    </message>
    <message>
        <source>仍不到场</source>
        <translation>nobody comes</translation>
    </message>
    <message>
        <source>仍在记录中</source>
        <translation>kept in the record</translation>
    </message>
    <message>
        <source>仍在记录中，U 恢复</source>
        <translation>kept in the record, U restores</translation>
    </message>
    <message>
        <source>仍无反馈</source>
        <translation>there is no answer</translation>
    </message>
    <message>
        <source>作废</source>
        <translation>Void</translation>
    </message>
    <message>
        <source>信息科</source>
        <translation>IT office</translation>
    </message>
    <message>
        <source>值</source>
        <translation>Value</translation>
    </message>
    <message>
        <source>值班长</source>
        <translation>Shift leader</translation>
    </message>
    <message>
        <source>值班长重新派遣</source>
        <translation>shift leader dispatches anew</translation>
    </message>
    <message>
        <source>做什么</source>
        <translation>What to do</translation>
    </message>
    <message>
        <source>做什么：{action}</source>
        <translation>What to do: {action}</translation>
    </message>
    <message>
        <source>停用并在大屏注明</source>
        <translation>take it off and say so on the wall</translation>
    </message>
    <message>
        <source>催办并盯到反馈</source>
        <translation>urge and follow until there is an answer</translation>
    </message>
    <message>
        <source>催未报到单位到场</source>
        <translation>urge the units that have not come</translation>
    </message>
    <message>
        <source>全部变化</source>
        <translation>all changes</translation>
    </message>
    <message>
        <source>关注</source>
        <translation>Watch</translation>
    </message>
    <message>
        <source>其中挂账 {n}</source>
        <translation>of them suspended {n}</translation>
    </message>
    <message>
        <source>其余超期未结 {n} 件</source>
        <translation>{n} more overdue</translation>
    </message>
    <message>
        <source>内容摘要 SHA-256</source>
        <translation>Digest SHA-256</translation>
    </message>
    <message>
        <source>内容摘要是报告规范 JSON 的 SHA-256，双方签同一摘要，已写入事件日志；签后任何改动都会使双方签名作废。</source>
        <translation>The digest is the SHA-256 of the canonical JSON of the report; both sign the same one, and it is in the event log. Any change after signing voids both signatures.</translation>
    </message>
    <message>
        <source>几点前（20:30 或 3-19 09:00）</source>
        <translation>By when (20:30 or 3-19 09:00)</translation>
    </message>
    <message>
        <source>分子</source>
        <translation>n</translation>
    </message>
    <message>
        <source>分母</source>
        <translation>N</translation>
    </message>
    <message>
        <source>刚被改过，请再看一遍</source>
        <translation>it was changed just now, look again</translation>
    </message>
    <message>
        <source>到场修复</source>
        <translation>repair on site</translation>
    </message>
    <message>
        <source>到时无进展</source>
        <translation>nothing has moved by then</translation>
    </message>
    <message>
        <source>到时未办</source>
        <translation>it is not done by then</translation>
    </message>
    <message>
        <source>到时未查完</source>
        <translation>the inspection is not finished by then</translation>
    </message>
    <message>
        <source>到期仍未恢复</source>
        <translation>it has not recovered when the time is up</translation>
    </message>
    <message>
        <source>到期前复看</source>
        <translation>look again before it ends</translation>
    </message>
    <message>
        <source>剔除</source>
        <translation>Excluded</translation>
    </message>
    <message>
        <source>办结并回复督办</source>
        <translation>close it and answer the supervision</translation>
    </message>
    <message>
        <source>升级</source>
        <translation>Escalated</translation>
    </message>
    <message>
        <source>协办变化</source>
        <translation>Co-units changed</translation>
    </message>
    <message>
        <source>协办未报到</source>
        <translation>Units not checked in</translation>
    </message>
    <message>
        <source>危急</source>
        <translation>Critical</translation>
    </message>
    <message>
        <source>原因</source>
        <translation>Reason</translation>
    </message>
    <message>
        <source>双方已签</source>
        <translation>Both have signed</translation>
    </message>
    <message>
        <source>双方已签，不能再改</source>
        <translation>both have signed, nothing can be changed</translation>
    </message>
    <message>
        <source>双方签同一内容</source>
        <translation>both signed the same content</translation>
    </message>
    <message>
        <source>双方签名</source>
        <translation>Signatures</translation>
    </message>
    <message>
        <source>双方签后才有文件</source>
        <translation>there are files once both have signed</translation>
    </message>
    <message>
        <source>受理</source>
        <translation>Accepted</translation>
    </message>
    <message>
        <source>受理 / 结案</source>
        <translation>Accepted / closed</translation>
    </message>
    <message>
        <source>变化</source>
        <translation>Changes</translation>
    </message>
    <message>
        <source>另有协办未报到 {n} 件</source>
        <translation>{n} more with a unit not checked in</translation>
    </message>
    <message>
        <source>另有特急在办 {n} 件</source>
        <translation>{n} more of top urgency</translation>
    </message>
    <message>
        <source>另有督办未结 {n} 件</source>
        <translation>{n} more supervised</translation>
    </message>
    <message>
        <source>另有紧急超期 {n} 件</source>
        <translation>{n} more urgent and overdue</translation>
    </message>
    <message>
        <source>另有问题工单 {n} 件</source>
        <translation>{n} more problem tickets</translation>
    </message>
    <message>
        <source>告警</source>
        <translation>Alarms</translation>
    </message>
    <message>
        <source>回答</source>
        <translation>Answer</translation>
    </message>
    <message>
        <source>回退</source>
        <translation>Returned</translation>
    </message>
    <message>
        <source>回退 {n} 次</source>
        <translation>returned ×{n}</translation>
    </message>
    <message>
        <source>在办</source>
        <translation>Open</translation>
    </message>
    <message>
        <source>在办各数为起草时刻的数；每件在办工单或单列，或计入一行汇总，名单随报告留存。</source>
        <translation>Open tickets are those at the moment of drafting; each stands in a line of its own or is counted in one, the list is kept with the report.</translation>
    </message>
    <message>
        <source>处置并回报进展</source>
        <translation>handle and report progress</translation>
    </message>
    <message>
        <source>复述、确认、回答</source>
        <translation>read back, confirm, answer</translation>
    </message>
    <message>
        <source>复述一致</source>
        <translation>Read back</translation>
    </message>
    <message>
        <source>外部链路</source>
        <translation>External feed</translation>
    </message>
    <message>
        <source>大屏当前场景</source>
        <translation>Scene on the wall</translation>
    </message>
    <message>
        <source>太多，最多 {most} 项</source>
        <translation>too many, at most {most}</translation>
    </message>
    <message>
        <source>太长，最多 {most} 字</source>
        <translation>too long, at most {most} characters</translation>
    </message>
    <message>
        <source>审批</source>
        <translation>decide</translation>
    </message>
    <message>
        <source>就……</source>
        <translation>Then …</translation>
    </message>
    <message>
        <source>工单 {ids}</source>
        <translation>Tickets {ids}</translation>
    </message>
    <message>
        <source>工单 {id}</source>
        <translation>Ticket {id}</translation>
    </message>
    <message>
        <source>已 {age} 无数据，相关指标显示陈旧。</source>
        <translation>No data for {age}, its figures are shown as stale.</translation>
    </message>
    <message>
        <source>已不再满足列入条件</source>
        <translation>no rule lists it any more</translation>
    </message>
    <message>
        <source>已到 {arrived} / {units} 家；未查 {open_cells} 项，不合格 {violations} 项。</source>
        <translation>{arrived} of {units} units are there; {open_cells} cells open, {violations} failed.</translation>
    </message>
    <message>
        <source>已复述并确认；再说一遍会替换前一遍</source>
        <translation>Read back and confirmed; saying it again replaces it</translation>
    </message>
    <message>
        <source>已核对</source>
        <translation>Done</translation>
    </message>
    <message>
        <source>已确认一致</source>
        <translation>Confirmed</translation>
    </message>
    <message>
        <source>已移除</source>
        <translation>Removed</translation>
    </message>
    <message>
        <source>已移除&#x3000;{n}</source>
        <translation>Removed&#x3000;{n}</translation>
    </message>
    <message>
        <source>已移除的事项</source>
        <translation>Removed items</translation>
    </message>
    <message>
        <source>已签 {at}</source>
        <translation>Signed {at}</translation>
    </message>
    <message>
        <source>已结</source>
        <translation>Closed</translation>
    </message>
    <message>
        <source>带班领导已告知</source>
        <translation>Leader on duty informed</translation>
    </message>
    <message>
        <source>席位</source>
        <translation>Seat</translation>
    </message>
    <message>
        <source>常规在办 {n} 件</source>
        <translation>{n} open as usual</translation>
    </message>
    <message>
        <source>并案</source>
        <translation>Merged</translation>
    </message>
    <message>
        <source>延期、挂账申请待批 {n} 件</source>
        <translation>Requests for delay or suspension: {n}</translation>
    </message>
    <message>
        <source>延期批准</source>
        <translation>Delay granted</translation>
    </message>
    <message>
        <source>开始一次交接</source>
        <translation>begin a handover</translation>
    </message>
    <message>
        <source>强制结案</source>
        <translation>Forced closed</translation>
    </message>
    <message>
        <source>当日不恢复</source>
        <translation>it is not back today</translation>
    </message>
    <message>
        <source>待交班人确认</source>
        <translation>waits for the giver</translation>
    </message>
    <message>
        <source>待发</source>
        <translation>Waiting to be sent</translation>
    </message>
    <message>
        <source>待发 {queued} 条，失败 {failed} 条</source>
        <translation>{queued} unsent, {failed} failed</translation>
    </message>
    <message>
        <source>待复述</source>
        <translation>to be read back</translation>
    </message>
    <message>
        <source>待签</source>
        <translation>Not signed</translation>
    </message>
    <message>
        <source>恢复办理</source>
        <translation>Resumed</translation>
    </message>
    <message>
        <source>恢复已移除的</source>
        <translation>restore a removed item</translation>
    </message>
    <message>
        <source>恢复并核对补数</source>
        <translation>restore it and check what was missed</translation>
    </message>
    <message>
        <source>手工</source>
        <translation>By hand</translation>
    </message>
    <message>
        <source>手工添加的事项</source>
        <translation>Item added by hand</translation>
    </message>
    <message>
        <source>打印、预览、存文件</source>
        <translation>print, preview, save</translation>
    </message>
    <message>
        <source>报到 {done} / {all} 家</source>
        <translation>{done} of {all} units checked in</translation>
    </message>
    <message>
        <source>报告版本 {version}，摘要 {hash}…</source>
        <translation>report version {version}, digest {hash}…</translation>
    </message>
    <message>
        <source>报告还在起草</source>
        <translation>the report is still being drafted</translation>
    </message>
    <message>
        <source>报带班领导</source>
        <translation>tell the leader on duty</translation>
    </message>
    <message>
        <source>报带班领导并升级</source>
        <translation>tell the leader and escalate</translation>
    </message>
    <message>
        <source>挂账</source>
        <translation>Suspended</translation>
    </message>
    <message>
        <source>指标</source>
        <translation>KPI</translation>
    </message>
    <message>
        <source>指标按本班起止时刻计，口径与统计看板相同；“–”表示分母为 0。</source>
        <translation>Figures are counted over the shift to the minute, by the definitions of the KPI board; “–” means N = 0.</translation>
    </message>
    <message>
        <source>按现在的数重新起草</source>
        <translation>draft anew from the figures of now</translation>
    </message>
    <message>
        <source>按纸面单补录</source>
        <translation>enter it later from paper</translation>
    </message>
    <message>
        <source>排班</source>
        <translation>Roster</translation>
    </message>
    <message>
        <source>排班、换班</source>
        <translation>roster, swaps</translation>
    </message>
    <message>
        <source>排班里没有这个班</source>
        <translation>the roster has no such shift</translation>
    </message>
    <message>
        <source>接班</source>
        <translation>Taking</translation>
    </message>
    <message>
        <source>接班&#x3000;{who}</source>
        <translation>Taking&#x3000;{who}</translation>
    </message>
    <message>
        <source>接班人已复述，与报告一致就确认</source>
        <translation>The receiver has read it back; confirm if it agrees with the report</translation>
    </message>
    <message>
        <source>接班人有疑问</source>
        <translation>The receiver has a question</translation>
    </message>
    <message>
        <source>接班后 1 小时内 {what}</source>
        <translation>within an hour of taking over: {what}</translation>
    </message>
    <message>
        <source>接班后本班内 {what}</source>
        <translation>within the next shift: {what}</translation>
    </message>
    <message>
        <source>接班复述</source>
        <translation>Read-back</translation>
    </message>
    <message>
        <source>提出疑问</source>
        <translation>Ask</translation>
    </message>
    <message>
        <source>提级</source>
        <translation>Raised</translation>
    </message>
    <message>
        <source>提请督办</source>
        <translation>ask for supervision</translation>
    </message>
    <message>
        <source>搁置中的告警</source>
        <translation>Shelved alarms</translation>
    </message>
    <message>
        <source>搁置中的告警 {n} 条</source>
        <translation>Alarms shelved: {n}</translation>
    </message>
    <message>
        <source>新一稿里已没有这一项</source>
        <translation>it is not in the new draft</translation>
    </message>
    <message>
        <source>新特急</source>
        <translation>New top urgency</translation>
    </message>
    <message>
        <source>新督办</source>
        <translation>New supervision</translation>
    </message>
    <message>
        <source>方</source>
        <translation>Side</translation>
    </message>
    <message>
        <source>无</source>
        <translation>none</translation>
    </message>
    <message>
        <source>无时限 {n}</source>
        <translation>no limit {n}</translation>
    </message>
    <message>
        <source>无法联机</source>
        <translation>there is no line</translation>
    </message>
    <message>
        <source>时间</source>
        <translation>Time</translation>
    </message>
    <message>
        <source>时间写作 20:30 或 3-19 09:00</source>
        <translation>write a time as 20:30 or 3-19 09:00</translation>
    </message>
    <message>
        <source>暂停 {n}</source>
        <translation>paused {n}</translation>
    </message>
    <message>
        <source>最早一件已超期 {age}。</source>
        <translation>The oldest is overdue by {age}.</translation>
    </message>
    <message>
        <source>有疑问</source>
        <translation>Question</translation>
    </message>
    <message>
        <source>有疑问，待答</source>
        <translation>question, not answered</translation>
    </message>
    <message>
        <source>有进展</source>
        <translation>Moved on</translation>
    </message>
    <message>
        <source>朗读不了，语音引擎说：{text}</source>
        <translation>Cannot read aloud, the speech engine says: {text}</translation>
    </message>
    <message>
        <source>朗读这一项，再按停止</source>
        <translation>Read this item aloud, again to stop</translation>
    </message>
    <message>
        <source>未复述</source>
        <translation>not read back</translation>
    </message>
    <message>
        <source>未核对</source>
        <translation>Not done</translation>
    </message>
    <message>
        <source>未签</source>
        <translation>Not signed</translation>
    </message>
    <message>
        <source>未签，草稿</source>
        <translation>Not signed, a draft</translation>
    </message>
    <message>
        <source>本机待发命令</source>
        <translation>Unsent commands here</translation>
    </message>
    <message>
        <source>本机未载入此件，详情见队列。</source>
        <translation>This desk does not hold the ticket, see the queue.</translation>
    </message>
    <message>
        <source>本机没有语音引擎，不能朗读；装好系统的语音合成后再按 V</source>
        <translation>This computer has no speech engine and cannot read aloud; install the speech synthesis of the system, then press V again</translation>
    </message>
    <message>
        <source>本机的语音引擎没有中文语音，不能朗读；装好中文语音后再按 V</source>
        <translation>The speech engine of this computer has no English voice and cannot read aloud; install one, then press V again</translation>
    </message>
    <message>
        <source>本班受理 {accepted} 件、结案 {closed} 件；在办 {open} 件，其中特急 {top}、超期 {overdue}、临期 {risk}；待受理 {waiting} 件。</source>
        <translation>Accepted {accepted}, closed {closed} in this shift; open {open}, of them top urgency {top}, overdue {overdue}, at risk {risk}; not yet accepted {waiting}.</translation>
    </message>
    <message>
        <source>本班指标（按结案、回访时刻）</source>
        <translation>KPI of the shift (by time of closing and call-back)</translation>
    </message>
    <message>
        <source>本班数字</source>
        <translation>The shift in figures</translation>
    </message>
    <message>
        <source>查完并出文书</source>
        <translation>finish the checks and issue the papers</translation>
    </message>
    <message>
        <source>核对</source>
        <translation>Checks</translation>
    </message>
    <message>
        <source>核对项</source>
        <translation>Check</translation>
    </message>
    <message>
        <source>正在朗读，V 停止</source>
        <translation>Reading aloud, V stops</translation>
    </message>
    <message>
        <source>正常 {n}</source>
        <translation>on track {n}</translation>
    </message>
    <message>
        <source>每小时受理与结案</source>
        <translation>Accepted and closed per hour</translation>
    </message>
    <message>
        <source>汇总</source>
        <translation>Together</translation>
    </message>
    <message>
        <source>汇总交接，不逐项复述</source>
        <translation>handed over as a sum, not read back</translation>
    </message>
    <message>
        <source>汇总的一项不逐项复述；疑问请写在有关的危急或关注项上</source>
        <translation>A summed-up line is not read back one by one; ask at the critical or watch item it is about</translation>
    </message>
    <message>
        <source>没有{severity}事项，重新起草时有则列入</source>
        <translation>No item: {severity}. The next draft lists what comes up</translation>
    </message>
    <message>
        <source>没有。</source>
        <translation>None.</translation>
    </message>
    <message>
        <source>没有待答的疑问</source>
        <translation>there is no open question</translation>
    </message>
    <message>
        <source>没有改动</source>
        <translation>nothing was changed</translation>
    </message>
    <message>
        <source>没有这一项</source>
        <translation>there is no such item</translation>
    </message>
    <message>
        <source>派遣员</source>
        <translation>Dispatcher</translation>
    </message>
    <message>
        <source>添加</source>
        <translation>Add</translation>
    </message>
    <message>
        <source>版本</source>
        <translation>Version</translation>
    </message>
    <message>
        <source>物品与权限</source>
        <translation>Things and keys</translation>
    </message>
    <message>
        <source>特急在办</source>
        <translation>Top urgency open</translation>
    </message>
    <message>
        <source>状态</source>
        <translation>State</translation>
    </message>
    <message>
        <source>现为{state}</source>
        <translation>now {state}</translation>
    </message>
    <message>
        <source>现状</source>
        <translation>State</translation>
    </message>
    <message>
        <source>现状，一句话</source>
        <translation>How it stands, in one sentence</translation>
    </message>
    <message>
        <source>班次</source>
        <translation>Shift</translation>
    </message>
    <message>
        <source>用自己的话说：是什么、谁、几点前做什么、若…就…</source>
        <translation>Own words: what, who, by when, and if this then that</translation>
    </message>
    <message>
        <source>由日志起草，截至 {at}，第 {seq} 号事件</source>
        <translation>Drafted from the log as of {at}, event {seq}</translation>
    </message>
    <message>
        <source>由牵头单位改期并告知各家</source>
        <translation>the lead unit sets another date and tells everybody</translation>
    </message>
    <message>
        <source>由谁</source>
        <translation>By</translation>
    </message>
    <message>
        <source>申诉</source>
        <translation>Appeal</translation>
    </message>
    <message>
        <source>申请未批</source>
        <translation>Request refused</translation>
    </message>
    <message>
        <source>疑问未答之前不能签名</source>
        <translation>Nobody signs before the question is answered</translation>
    </message>
    <message>
        <source>疑问：{text}</source>
        <translation>Question: {text}</translation>
    </message>
    <message>
        <source>督办：{matter}</source>
        <translation>Supervised: {matter}</translation>
    </message>
    <message>
        <source>确认一致</source>
        <translation>Confirm</translation>
    </message>
    <message>
        <source>离线，联机后再办</source>
        <translation>offline, do it when the line is back</translation>
    </message>
    <message>
        <source>移除，写明原因</source>
        <translation>remove, with the reason</translation>
    </message>
    <message>
        <source>稳定</source>
        <translation>Stable</translation>
    </message>
    <message>
        <source>等交班人确认</source>
        <translation>Waits for the giver</translation>
    </message>
    <message>
        <source>等对方回答</source>
        <translation>Waits for the answer</translation>
    </message>
    <message>
        <source>等接班人复述</source>
        <translation>Waits for the receiver</translation>
    </message>
    <message>
        <source>答：{text}</source>
        <translation>Answer: {text}</translation>
    </message>
    <message>
        <source>签名</source>
        <translation>Signatures</translation>
    </message>
    <message>
        <source>签名内容</source>
        <translation>signed content</translation>
    </message>
    <message>
        <source>签名文件已存</source>
        <translation>the signed files are kept</translation>
    </message>
    <message>
        <source>签名文件已随记录保存</source>
        <translation>the signed files are kept with the record</translation>
    </message>
    <message>
        <source>签名文件待存</source>
        <translation>the signed files are still to be kept</translation>
    </message>
    <message>
        <source>签名时所存的文件取不到（{reason}）；以下由记录重排，内容相同</source>
        <translation>The files kept at signing cannot be had now ({reason}); this is laid out anew from the record, with the same content</translation>
    </message>
    <message>
        <source>签后改动，已作废 {n} 次，需重签</source>
        <translation>Changed after signing, void ×{n}, to be signed again</translation>
    </message>
    <message>
        <source>系统</source>
        <translation>System</translation>
    </message>
    <message>
        <source>系统重新起草时移除 {at}：{why}</source>
        <translation>Removed by the system when drafting anew {at}: {why}</translation>
    </message>
    <message>
        <source>结果</source>
        <translation>Result</translation>
    </message>
    <message>
        <source>结案</source>
        <translation>Closed</translation>
    </message>
    <message>
        <source>编号、版本</source>
        <translation>Number, version</translation>
    </message>
    <message>
        <source>编辑</source>
        <translation>Edit</translation>
    </message>
    <message>
        <source>联合检查</source>
        <translation>Joint inspection</translation>
    </message>
    <message>
        <source>联合检查：{title}</source>
        <translation>Joint inspection: {title}</translation>
    </message>
    <message>
        <source>联机送达或退回作者</source>
        <translation>deliver when online or give back to the author</translation>
    </message>
    <message>
        <source>若{condition}，就{response}</source>
        <translation>If {condition}, then {response}</translation>
    </message>
    <message>
        <source>若……</source>
        <translation>If …</translation>
    </message>
    <message>
        <source>若…就…</source>
        <translation>If … then …</translation>
    </message>
    <message>
        <source>视频 {n} 路不通</source>
        <translation>Cameras down: {n}</translation>
    </message>
    <message>
        <source>视频厂商</source>
        <translation>Camera supplier</translation>
    </message>
    <message>
        <source>视频平台</source>
        <translation>Cameras</translation>
    </message>
    <message>
        <source>该席</source>
        <translation>That seat</translation>
    </message>
    <message>
        <source>说明</source>
        <translation>Note</translation>
    </message>
    <message>
        <source>请写明内容</source>
        <translation>say what it is about</translation>
    </message>
    <message>
        <source>请用自己的话复述</source>
        <translation>say it in own words</translation>
    </message>
    <message>
        <source>谁</source>
        <translation>Who</translation>
    </message>
    <message>
        <source>谁、做什么、何时</source>
        <translation>Who, what, by when</translation>
    </message>
    <message>
        <source>谁：{who}</source>
        <translation>Who: {who}</translation>
    </message>
    <message>
        <source>走项</source>
        <translation>walk items</translation>
    </message>
    <message>
        <source>起草</source>
        <translation>Draft</translation>
    </message>
    <message>
        <source>起草时{state}</source>
        <translation>When drafted: {state}</translation>
    </message>
    <message>
        <source>超期最久 {n} 件</source>
        <translation>{n} longest overdue</translation>
    </message>
    <message>
        <source>超期未结</source>
        <translation>Overdue</translation>
    </message>
    <message>
        <source>轻重</source>
        <translation>Severity</translation>
    </message>
    <message>
        <source>还有 {left} 个疑问未答</source>
        <translation>{left} questions are not answered</translation>
    </message>
    <message>
        <source>还有 {left} 项复述未经交班人确认</source>
        <translation>{left} read-backs are not confirmed by the giver</translation>
    </message>
    <message>
        <source>还有 {left} 项未复述</source>
        <translation>{left} items are not read back</translation>
    </message>
    <message>
        <source>还有 {left} 项未核对</source>
        <translation>{left} checks are open</translation>
    </message>
    <message>
        <source>这一项不用复述，或没有待确认的复述</source>
        <translation>this item is not read back, or there is nothing to confirm</translation>
    </message>
    <message>
        <source>这一项已移除，可先恢复</source>
        <translation>the item was removed, restore it first</translation>
    </message>
    <message>
        <source>这一项没有移除</source>
        <translation>the item is not removed</translation>
    </message>
    <message>
        <source>这个班的交接已经开始</source>
        <translation>this handover has begun already</translation>
    </message>
    <message>
        <source>这个班结束已超过 {hours} 小时</source>
        <translation>the shift ended more than {hours} h ago</translation>
    </message>
    <message>
        <source>这个班还没有开始</source>
        <translation>the shift has not begun yet</translation>
    </message>
    <message>
        <source>送出中…</source>
        <translation>Sending…</translation>
    </message>
    <message>
        <source>逐件催办</source>
        <translation>urge each</translation>
    </message>
    <message>
        <source>逐项复述</source>
        <translation>read back one by one</translation>
    </message>
    <message>
        <source>通知单位恢复办理</source>
        <translation>tell the units to resume</translation>
    </message>
    <message>
        <source>重开</source>
        <translation>Reopened</translation>
    </message>
    <message>
        <source>问题工单：{matter}</source>
        <translation>Problem ticket: {matter}</translation>
    </message>
    <message>
        <source>随队列交接：{list}。</source>
        <translation>Handed over with the queue: {list}.</translation>
    </message>
    <message>
        <source>须由另一人来做</source>
        <translation>somebody else must do it</translation>
    </message>
    <message>
        <source>（不变）</source>
        <translation>(unchanged)</translation>
    </message>
    <message>
        <source>（交班人确认）</source>
        <translation> (confirmed)</translation>
    </message>
    <message>
        <source>（无）</source>
        <translation>(none)</translation>
    </message>
    <message>
        <source>，</source>
        <translation>, </translation>
    </message>
    <message>
        <source>；{at} 起{state}</source>
        <translation>; since {at} {state}</translation>
    </message>
    <message>
        <source>；该席断线 {age}，可能更多</source>
        <translation>; its line is down for {age}, there may be more</translation>
    </message>
</context>
<context>
    <name>inspection</name>
    <message>
        <source> · 已整改 {n}</source>
        <translation> · rectified {n}</translation>
    </message>
    <message>
        <source> 迟 {n} 分</source>
        <translation>, {n} min late</translation>
    </message>
    <message>
        <source>____年__月__日</source>
        <translation>____-__-__</translation>
    </message>
    <message>
        <source>yyyy年M月d日</source>
        <translation>d MMM yyyy</translation>
    </message>
    <message>
        <source>{actions}未放开：{reason}</source>
        <translation>{actions} not open: {reason}</translation>
    </message>
    <message>
        <source>{at} 开具</source>
        <translation>issued {at}</translation>
    </message>
    <message>
        <source>{at} 齐</source>
        <translation>all in {at}</translation>
    </message>
    <message>
        <source>{cell} 已整改</source>
        <translation>{cell} rectified</translation>
    </message>
    <message>
        <source>{command}，{reason}</source>
        <translation>{command}: {reason}</translation>
    </message>
    <message>
        <source>{day} 前</source>
        <translation>by {day}</translation>
    </message>
    <message>
        <source>{day} 复查通过</source>
        <translation>re-check passed {day}</translation>
    </message>
    <message>
        <source>{field}超过 {most} 字</source>
        <translation>{field}: at most {most} characters</translation>
    </message>
    <message>
        <source>{how} {n} 米</source>
        <translation>{how} {n} m</translation>
    </message>
    <message>
        <source>{item}没有责任单位</source>
        <translation>no unit checks {item}</translation>
    </message>
    <message>
        <source>{lead} 牵头 · {n} 单位</source>
        <translation>lead {lead} · units {n}</translation>
    </message>
    <message>
        <source>{left} 项复查未通过</source>
        <translation>failed the re-check: {left}</translation>
    </message>
    <message>
        <source>{names} {version} 版</source>
        <translation>{names}, version {version}</translation>
    </message>
    <message>
        <source>{name}要写成 2026-03-16 09:30</source>
        <translation>{name} is written like 2026-03-16 09:30</translation>
    </message>
    <message>
        <source>{name}须为数字</source>
        <translation>{name} must be a number</translation>
    </message>
    <message>
        <source>{n} / {total} 项</source>
        <translation>{n} / {total}</translation>
    </message>
    <message>
        <source>{n} 日</source>
        <translation>{n} d</translation>
    </message>
    <message>
        <source>{place}联合检查</source>
        <translation>Joint inspection {place}</translation>
    </message>
    <message>
        <source>{premises}已开文书，结果不再改</source>
        <translation>{premises} is under notice, results stand</translation>
    </message>
    <message>
        <source>{premises}还有 {open} 项待反馈</source>
        <translation>{premises}: {open} still open</translation>
    </message>
    <message>
        <source>{premises}须先开文书</source>
        <translation>{premises} needs a notice first</translation>
    </message>
    <message>
        <source>{premises}：经联合检查，你单位存在下列 {n} 项问题，现{measures}，于{deadline}前完成整改。</source>
        <translation>{premises}: the joint inspection found {n} in breach at your premises: {measures}, to be done by {deadline}.</translation>
    </message>
    <message>
        <source>{text} 不是日期，请写成 2026-03-25</source>
        <translation>{text} is no date, write 2026-03-25</translation>
    </message>
    <message>
        <source>{units}未反馈，先办结的原因</source>
        <translation>Not reported: {units}. Why close first</translation>
    </message>
    <message>
        <source>{units}未反馈；如需先办结，须写明原因，计入考核</source>
        <translation>{units} not reported; closing first needs a reason and counts</translation>
    </message>
    <message>
        <source>{unit} {open} 项未反馈</source>
        <translation>{unit}: {open} still open</translation>
    </message>
    <message>
        <source>{unit} 报到 {where}{late}</source>
        <translation>{unit} checked in {where}{late}</translation>
    </message>
    <message>
        <source>{unit}写了两次</source>
        <translation>{unit} is listed twice</translation>
    </message>
    <message>
        <source>{unit}尚未反馈。依据：{basis}</source>
        <translation>{unit} has not reported. Basis: {basis}</translation>
    </message>
    <message>
        <source>{unit}已报到</source>
        <translation>{unit} already checked in</translation>
    </message>
    <message>
        <source>{unit}未报到</source>
        <translation>{unit} not checked in</translation>
    </message>
    <message>
        <source>{verb} 待发</source>
        <translation>{verb} queued</translation>
    </message>
    <message>
        <source>{verb}中…</source>
        <translation>{verb} …</translation>
    </message>
    <message>
        <source>{verb}，{units}未反馈</source>
        <translation>{verb}, not reported: {units}</translation>
    </message>
    <message>
        <source>{what}不得超过 {most}</source>
        <translation>{what}: at most {most}</translation>
    </message>
    <message>
        <source>“{word}”不止一个：{units}</source>
        <translation>“{word}” is not one unit: {units}</translation>
    </message>
    <message>
        <source>。</source>
        <translation>. </translation>
    </message>
    <message>
        <source>一般</source>
        <translation>Minor</translation>
    </message>
    <message>
        <source>上一次、下一次检查</source>
        <translation>Inspection before, after</translation>
    </message>
    <message>
        <source>下一时限</source>
        <translation>Next limit</translation>
    </message>
    <message>
        <source>不合格</source>
        <translation>Violation</translation>
    </message>
    <message>
        <source>不合格 {n} 项</source>
        <translation>Violations {n}</translation>
    </message>
    <message>
        <source>不合格 {n}，待文书</source>
        <translation>Violations {n}, papers due</translation>
    </message>
    <message>
        <source>不合格须选严重程度</source>
        <translation>a violation needs a severity</translation>
    </message>
    <message>
        <source>不合格；在列表中为发起</source>
        <translation>Violation; new, in the list</translation>
    </message>
    <message>
        <source>不得自评自退</source>
        <translation>not for the own part</translation>
    </message>
    <message>
        <source>不是照片，或超过 8 兆</source>
        <translation>no photo, or over 8 MB</translation>
    </message>
    <message>
        <source>不适用</source>
        <translation>Not applicable</translation>
    </message>
    <message>
        <source>严重</source>
        <translation>Grave</translation>
    </message>
    <message>
        <source>严重程度</source>
        <translation>Severity</translation>
    </message>
    <message>
        <source>严重程度（不合格）</source>
        <translation>Severity (violation)</translation>
    </message>
    <message>
        <source>今天</source>
        <translation>today</translation>
    </message>
    <message>
        <source>代报</source>
        <translation>told</translation>
    </message>
    <message>
        <source>依据：{basis}</source>
        <translation>Basis: {basis}</translation>
    </message>
    <message>
        <source>修改</source>
        <translation>Revise</translation>
    </message>
    <message>
        <source>停业整改</source>
        <translation>Suspend business</translation>
    </message>
    <message>
        <source>催反馈</source>
        <translation>Urge</translation>
    </message>
    <message>
        <source>催反馈 {unit}</source>
        <translation>Urged {unit}</translation>
    </message>
    <message>
        <source>先在清单中选一格</source>
        <translation>choose a cell of the checklist first</translation>
    </message>
    <message>
        <source>全部反馈后计分</source>
        <translation>scored once all are in</translation>
    </message>
    <message>
        <source>全部整改到位</source>
        <translation>All put right</translation>
    </message>
    <message>
        <source>全部记录</source>
        <translation>Whole record</translation>
    </message>
    <message>
        <source>再次复查日（不到位时填）</source>
        <translation>Next re-check (if not right)</translation>
    </message>
    <message>
        <source>写明牵头单位后，此处列出每个单位检查几项</source>
        <translation>With a lead unit, this lists how many items each unit checks</translation>
    </message>
    <message>
        <source>出文书</source>
        <translation>Papers</translation>
    </message>
    <message>
        <source>出租房</source>
        <translation>Rental housing</translation>
    </message>
    <message>
        <source>列表</source>
        <translation>List</translation>
    </message>
    <message>
        <source>列表、清单、操作</source>
        <translation>List, checklist, actions</translation>
    </message>
    <message>
        <source>剩 {n} 天</source>
        <translation>{n} d left</translation>
    </message>
    <message>
        <source>办结</source>
        <translation>Close</translation>
    </message>
    <message>
        <source>办结小结</source>
        <translation>Closing summary</translation>
    </message>
    <message>
        <source>勾选协办</source>
        <translation>Co-units</translation>
    </message>
    <message>
        <source>勾选检查领域、写明检查对象后，此处列出每个单位检查几项</source>
        <translation>With fields and premises, this lists how many items each unit checks</translation>
    </message>
    <message>
        <source>单位</source>
        <translation>Unit</translation>
    </message>
    <message>
        <source>原因</source>
        <translation>Reason</translation>
    </message>
    <message>
        <source>发起</source>
        <translation>Plan</translation>
    </message>
    <message>
        <source>取消</source>
        <translation>Cancel</translation>
    </message>
    <message>
        <source>受送达人</source>
        <translation>Receiver</translation>
    </message>
    <message>
        <source>受送达单位</source>
        <translation>Addressee</translation>
    </message>
    <message>
        <source>另行要求</source>
        <translation>Further demands</translation>
    </message>
    <message>
        <source>只有不合格才写程度和期限</source>
        <translation>severity and deadline only for a violation</translation>
    </message>
    <message>
        <source>各单位均已反馈</source>
        <translation>all units have reported</translation>
    </message>
    <message>
        <source>各项都已标“已整改”：请选“全部整改到位”，或先退回其中一项</source>
        <translation>All are marked rectified: choose “All put right”, or return one first</translation>
    </message>
    <message>
        <source>合格</source>
        <translation>OK</translation>
    </message>
    <message>
        <source>合格；整改中为已整改</source>
        <translation>OK; rectified, while rectifying</translation>
    </message>
    <message>
        <source>名称</source>
        <translation>Title</translation>
    </message>
    <message>
        <source>回执文件（jpg、png、pdf）</source>
        <translation>Receipt (jpg, png, pdf)</translation>
    </message>
    <message>
        <source>均分 {n}</source>
        <translation>average {n}</translation>
    </message>
    <message>
        <source>均已评分</source>
        <translation>all scored</translation>
    </message>
    <message>
        <source>复查</source>
        <translation>Re-check</translation>
    </message>
    <message>
        <source>复查 {letter}：通过 {passed}，未通过 {failed}</source>
        <translation>Re-check {letter}: passed {passed}, failed {failed}</translation>
    </message>
    <message>
        <source>复查日</source>
        <translation>Re-check</translation>
    </message>
    <message>
        <source>复查未通过</source>
        <translation>re-check failed</translation>
    </message>
    <message>
        <source>复查通过</source>
        <translation>re-check passed</translation>
    </message>
    <message>
        <source>存到文件夹</source>
        <translation>Save to folder</translation>
    </message>
    <message>
        <source>存文书</source>
        <translation>Save paper</translation>
    </message>
    <message>
        <source>安全生产</source>
        <translation>Workplace safety</translation>
    </message>
    <message>
        <source>定于 {day} 复查</source>
        <translation>Re-check set for {day}</translation>
    </message>
    <message>
        <source>定位</source>
        <translation>position</translation>
    </message>
    <message>
        <source>定复查</source>
        <translation>Set re-check</translation>
    </message>
    <message>
        <source>对象</source>
        <translation>Premises</translation>
    </message>
    <message>
        <source>已到场</source>
        <translation>on site</translation>
    </message>
    <message>
        <source>已办结</source>
        <translation>Closed</translation>
    </message>
    <message>
        <source>已取消</source>
        <translation>Cancelled</translation>
    </message>
    <message>
        <source>已存 {file}</source>
        <translation>Saved {file}</translation>
    </message>
    <message>
        <source>已提交</source>
        <translation>Reported</translation>
    </message>
    <message>
        <source>已提交，超时</source>
        <translation>Reported late</translation>
    </message>
    <message>
        <source>已整改</source>
        <translation>Rectified</translation>
    </message>
    <message>
        <source>已检</source>
        <translation>Checked</translation>
    </message>
    <message>
        <source>开具 {units}</source>
        <translation>issued by {units}</translation>
    </message>
    <message>
        <source>开具文书 {letter}：{measures}，限 {day}</source>
        <translation>Notice {letter}: {measures}, by {day}</translation>
    </message>
    <message>
        <source>开始时间</source>
        <translation>Start</translation>
    </message>
    <message>
        <source>开文书</source>
        <translation>Issue notice</translation>
    </message>
    <message>
        <source>待办结</source>
        <translation>To close</translation>
    </message>
    <message>
        <source>待反馈</source>
        <translation>Open</translation>
    </message>
    <message>
        <source>待报到</source>
        <translation>To check in</translation>
    </message>
    <message>
        <source>待派出</source>
        <translation>To issue</translation>
    </message>
    <message>
        <source>待评分</source>
        <translation>to score</translation>
    </message>
    <message>
        <source>情况</source>
        <translation>Findings</translation>
    </message>
    <message>
        <source>打印、存文书</source>
        <translation>Print, save papers</translation>
    </message>
    <message>
        <source>扫码</source>
        <translation>code</translation>
    </message>
    <message>
        <source>报到</source>
        <translation>Check-in</translation>
    </message>
    <message>
        <source>报到 {came}/{units}</source>
        <translation>In {came}/{units}</translation>
    </message>
    <message>
        <source>报到 {came}/{units} · 检查 {found}/{total}</source>
        <translation>In {came}/{units} · checked {found}/{total}</translation>
    </message>
    <message>
        <source>拍照</source>
        <translation>Photo</translation>
    </message>
    <message>
        <source>拍照 {cell}</source>
        <translation>Photo {cell}</translation>
    </message>
    <message>
        <source>措施</source>
        <translation>Measures</translation>
    </message>
    <message>
        <source>整改</source>
        <translation>Rectify</translation>
    </message>
    <message>
        <source>整改 {n}/{total}</source>
        <translation>Rectified {n}/{total}</translation>
    </message>
    <message>
        <source>整改与复查</source>
        <translation>Rectifying, re-check</translation>
    </message>
    <message>
        <source>整改中</source>
        <translation>Rectifying</translation>
    </message>
    <message>
        <source>整改期限</source>
        <translation>Deadline</translation>
    </message>
    <message>
        <source>整改要求</source>
        <translation>Demands</translation>
    </message>
    <message>
        <source>整改要求（不合格）</source>
        <translation>Demands (violation)</translation>
    </message>
    <message>
        <source>文书</source>
        <translation>Papers</translation>
    </message>
    <message>
        <source>文书 {no} {service}</source>
        <translation>Notice {no} {service}</translation>
    </message>
    <message>
        <source>文书与办结须联机，报到、记录、拍照可离线</source>
        <translation>papers and closing need the line; check-in, findings, photos do not</translation>
    </message>
    <message>
        <source>文书均已开具</source>
        <translation>all notices issued</translation>
    </message>
    <message>
        <source>文书均已送达</source>
        <translation>all notices served</translation>
    </message>
    <message>
        <source>文书须联机取得全文</source>
        <translation>papers need the line for their full text</translation>
    </message>
    <message>
        <source>文件超过 8 兆</source>
        <translation>file over 8 MB</translation>
    </message>
    <message>
        <source>方式</source>
        <translation>How</translation>
    </message>
    <message>
        <source>无问题</source>
        <translation>no violation</translation>
    </message>
    <message>
        <source>日期不得早于今天和整改期限</source>
        <translation>not before today and the deadline</translation>
    </message>
    <message>
        <source>时间不在派出之后、{hours} 小时之内</source>
        <translation>before the units were sent, or more than {hours} h ago</translation>
    </message>
    <message>
        <source>明天</source>
        <translation>tomorrow</translation>
    </message>
    <message>
        <source>最近已结</source>
        <translation>Closed lately</translation>
    </message>
    <message>
        <source>期限</source>
        <translation>Deadline</translation>
    </message>
    <message>
        <source>期限须为 1 至 {most} 日</source>
        <translation>deadline: 1 to {most} d</translation>
    </message>
    <message>
        <source>期限须为日数</source>
        <translation>the deadline is a number of days</translation>
    </message>
    <message>
        <source>期限须在今天之后</source>
        <translation>deadline must be after today</translation>
    </message>
    <message>
        <source>期限（日，不合格）</source>
        <translation>Deadline (d, violation)</translation>
    </message>
    <message>
        <source>未定复查</source>
        <translation>no re-check set</translation>
    </message>
    <message>
        <source>未定复查，不早于 {day}</source>
        <translation>not set, from {day} on</translation>
    </message>
    <message>
        <source>未报到</source>
        <translation>not here</translation>
    </message>
    <message>
        <source>未标“已整改”的各项不到位</source>
        <translation>Not right: all not marked rectified</translation>
    </message>
    <message>
        <source>未送达</source>
        <translation>not served</translation>
    </message>
    <message>
        <source>未选要重查的项</source>
        <translation>nothing chosen to check again</translation>
    </message>
    <message>
        <source>本单位未参与</source>
        <translation>this unit takes no part</translation>
    </message>
    <message>
        <source>本席只读</source>
        <translation>this seat only reads</translation>
    </message>
    <message>
        <source>格式</source>
        <translation>Format</translation>
    </message>
    <message>
        <source>检查</source>
        <translation>Check</translation>
    </message>
    <message>
        <source>检查中</source>
        <translation>Checking</translation>
    </message>
    <message>
        <source>检查对象</source>
        <translation>Premises</translation>
    </message>
    <message>
        <source>检查对象至多 {n} 个</source>
        <translation>premises: at most {n}</translation>
    </message>
    <message>
        <source>检查项</source>
        <translation>Item</translation>
    </message>
    <message>
        <source>正在取照片</source>
        <translation>Fetching photos</translation>
    </message>
    <message>
        <source>没有不合格项</source>
        <translation>no violation</translation>
    </message>
    <message>
        <source>没有单位“{word}”</source>
        <translation>no unit “{word}”</translation>
    </message>
    <message>
        <source>没有对象{letter}</source>
        <translation>no premises {letter}</translation>
    </message>
    <message>
        <source>没有待整改的项</source>
        <translation>nothing to rectify</translation>
    </message>
    <message>
        <source>没有照片</source>
        <translation>no photo</translation>
    </message>
    <message>
        <source>没有这次检查</source>
        <translation>no such inspection</translation>
    </message>
    <message>
        <source>派出</source>
        <translation>Issue</translation>
    </message>
    <message>
        <source>消防安全</source>
        <translation>Fire safety</translation>
    </message>
    <message>
        <source>清单 {items} 项 × 对象 {premises} = {cells} 格。责任项：{units}</source>
        <translation>List {items} × premises {premises} = cells {cells}. Items: {units}</translation>
    </message>
    <message>
        <source>清单中没有这一格</source>
        <translation>no such cell on the list</translation>
    </message>
    <message>
        <source>清单为空</source>
        <translation>the checklist is empty</translation>
    </message>
    <message>
        <source>清单有两行编码 {item}</source>
        <translation>item {item} is listed twice</translation>
    </message>
    <message>
        <source>照片</source>
        <translation>Photos</translation>
    </message>
    <message>
        <source>照片文件（jpg、png，8 兆以内）</source>
        <translation>Photo file (jpg, png, to 8 MB)</translation>
    </message>
    <message>
        <source>照片未送达服务器，请重拍</source>
        <translation>photo did not reach the server, take it again</translation>
    </message>
    <message>
        <source>现为{state}</source>
        <translation>now {state}</translation>
    </message>
    <message>
        <source>现场送达签收</source>
        <translation>served on site</translation>
    </message>
    <message>
        <source>由{unit}办</source>
        <translation>for {unit}</translation>
    </message>
    <message>
        <source>由牵头单位{unit}办</source>
        <translation>for the lead, {unit}</translation>
    </message>
    <message>
        <source>留置送达</source>
        <translation>left at premises</translation>
    </message>
    <message>
        <source>登记号</source>
        <translation>Register no.</translation>
    </message>
    <message>
        <source>目的</source>
        <translation>Purpose</translation>
    </message>
    <message>
        <source>移送执法</source>
        <translation>To enforcement</translation>
    </message>
    <message>
        <source>第 {n} 项 {letter}</source>
        <translation>item {n} {letter}</translation>
    </message>
    <message>
        <source>签收人</source>
        <translation>Signed by</translation>
    </message>
    <message>
        <source>结束时间</source>
        <translation>End</translation>
    </message>
    <message>
        <source>结束检查</source>
        <translation>End check</translation>
    </message>
    <message>
        <source>结束须晚于开始</source>
        <translation>the end must be after the start</translation>
    </message>
    <message>
        <source>结果</source>
        <translation>Result</translation>
    </message>
    <message>
        <source>缺席</source>
        <translation>absent</translation>
    </message>
    <message>
        <source>联合检查任务单</source>
        <translation>Inspection assignment</translation>
    </message>
    <message>
        <source>联合检查记录</source>
        <translation>Inspection record</translation>
    </message>
    <message>
        <source>街道 · 领域</source>
        <translation>Town · field</translation>
    </message>
    <message>
        <source>记录</source>
        <translation>Record</translation>
    </message>
    <message>
        <source>记录 {cell} {result}{severity}</source>
        <translation>Recorded {cell} {result}{severity}</translation>
    </message>
    <message>
        <source>评分</source>
        <translation>Score</translation>
    </message>
    <message>
        <source>评分 {unit} {n}</source>
        <translation>Scored {unit} {n}</translation>
    </message>
    <message>
        <source>该单位不合格各项</source>
        <translation>Violations of this unit</translation>
    </message>
    <message>
        <source>该单位全部各项</source>
        <translation>All items of this unit</translation>
    </message>
    <message>
        <source>说明</source>
        <translation>Note</translation>
    </message>
    <message>
        <source>读不了 {file}：{why}</source>
        <translation>{file} cannot be read: {why}</translation>
    </message>
    <message>
        <source>责令整改</source>
        <translation>Rectify</translation>
    </message>
    <message>
        <source>责令整改通知书 {letter}</source>
        <translation>Rectification notice {letter}</translation>
    </message>
    <message>
        <source>质量分</source>
        <translation>Quality</translation>
    </message>
    <message>
        <source>质量分不超过 {most}</source>
        <translation>quality: at most {most}</translation>
    </message>
    <message>
        <source>质量分（至多 {n}）</source>
        <translation>Quality (at most {n})</translation>
    </message>
    <message>
        <source>走格</source>
        <translation>Move by cell</translation>
    </message>
    <message>
        <source>超 {n} 天</source>
        <translation>{n} d over</translation>
    </message>
    <message>
        <source>距离</source>
        <translation>Distance</translation>
    </message>
    <message>
        <source>距离不对</source>
        <translation>wrong distance</translation>
    </message>
    <message>
        <source>距集合点（米，定位时填）</source>
        <translation>From meeting point (m, if by position)</translation>
    </message>
    <message>
        <source>较重</source>
        <translation>Serious</translation>
    </message>
    <message>
        <source>还没有文书</source>
        <translation>no notice yet</translation>
    </message>
    <message>
        <source>这一格还没有结果</source>
        <translation>this cell has no result yet</translation>
    </message>
    <message>
        <source>这一项不归该单位</source>
        <translation>not an item of this unit</translation>
    </message>
    <message>
        <source>这一项已整改</source>
        <translation>already rectified</translation>
    </message>
    <message>
        <source>迟 {n} 分</source>
        <translation>{n} min late</translation>
    </message>
    <message>
        <source>迟 {n} 小时</source>
        <translation>{n} h late</translation>
    </message>
    <message>
        <source>退回 {unit} {n} 项重查</source>
        <translation>Returned to {unit}, items {n}</translation>
    </message>
    <message>
        <source>退回重查</source>
        <translation>Return</translation>
    </message>
    <message>
        <source>送达</source>
        <translation>Serve</translation>
    </message>
    <message>
        <source>送达方式</source>
        <translation>Way of service</translation>
    </message>
    <message>
        <source>选中的一项</source>
        <translation>The chosen item</translation>
    </message>
    <message>
        <source>邮寄送达</source>
        <translation>posted</translation>
    </message>
    <message>
        <source>重查</source>
        <translation>Check again</translation>
    </message>
    <message>
        <source>阶段</source>
        <translation>Stage</translation>
    </message>
    <message>
        <source>限 {day}</source>
        <translation>by {day}</translation>
    </message>
    <message>
        <source>集合地点</source>
        <translation>Meeting point</translation>
    </message>
    <message>
        <source>须写办结小结</source>
        <translation>a closing summary is needed</translation>
    </message>
    <message>
        <source>须写受送达单位</source>
        <translation>an addressee is needed</translation>
    </message>
    <message>
        <source>须写检查名称</source>
        <translation>a title is needed</translation>
    </message>
    <message>
        <source>须写检查对象</source>
        <translation>premises are needed</translation>
    </message>
    <message>
        <source>须写牵头单位</source>
        <translation>a lead unit is needed</translation>
    </message>
    <message>
        <source>须选措施</source>
        <translation>choose a measure</translation>
    </message>
    <message>
        <source>预览，未开具</source>
        <translation>preview, not issued</translation>
    </message>
    <message>
        <source>食品安全</source>
        <translation>Food safety</translation>
    </message>
    <message>
        <source>（{severity}）</source>
        <translation> ({severity})</translation>
    </message>
    <message>
        <source>＋</source>
        <translation>+</translation>
    </message>
</context>
<context>
    <name>keys</name>
    <message>
        <source>上一组、下一组</source>
        <translation>Previous, next group</translation>
    </message>
    <message>
        <source>上一面墙、下一面墙</source>
        <translation>Previous wall, next wall</translation>
    </message>
    <message>
        <source>上下移动</source>
        <translation>Move up, down</translation>
    </message>
    <message>
        <source>上报</source>
        <translation>Report</translation>
    </message>
    <message>
        <source>不交出控制</source>
        <translation>Keep control</translation>
    </message>
    <message>
        <source>交接班</source>
        <translation>Shift handover</translation>
    </message>
    <message>
        <source>今日态势</source>
        <translation>Today</translation>
    </message>
    <message>
        <source>关闭最内层</source>
        <translation>Close innermost</translation>
    </message>
    <message>
        <source>再开一个本窗口</source>
        <translation>One more of this window</translation>
    </message>
    <message>
        <source>写墙面通知</source>
        <translation>Write a notice for the wall</translation>
    </message>
    <message>
        <source>勾选下一步</source>
        <translation>Tick the next step</translation>
    </message>
    <message>
        <source>反查：背后的工单</source>
        <translation>Tickets behind the figure</translation>
    </message>
    <message>
        <source>告警</source>
        <translation>Alarms</translation>
    </message>
    <message>
        <source>回到现在</source>
        <translation>Back to now</translation>
    </message>
    <message>
        <source>回看</source>
        <translation>Look back</translation>
    </message>
    <message>
        <source>回看：播放</source>
        <translation>Look back: play</translation>
    </message>
    <message>
        <source>图表的表格</source>
        <translation>A chart as a table</translation>
    </message>
    <message>
        <source>在地图上找</source>
        <translation>Find on the map</translation>
    </message>
    <message>
        <source>在本窗口查找</source>
        <translation>Find in this window</translation>
    </message>
    <message>
        <source>地图</source>
        <translation>Map</translation>
    </message>
    <message>
        <source>场景待应用</source>
        <translation>Stage a scene</translation>
    </message>
    <message>
        <source>声音自检</source>
        <translation>Test the sound</translation>
    </message>
    <message>
        <source>备注</source>
        <translation>Note</translation>
    </message>
    <message>
        <source>复制选中的单号、事项、地点</source>
        <translation>Copy number, matter and place of what is selected</translation>
    </message>
    <message>
        <source>大屏导播</source>
        <translation>Wall director</translation>
    </message>
    <message>
        <source>字号</source>
        <translation>Text size</translation>
    </message>
    <message>
        <source>导出</source>
        <translation>Export</translation>
    </message>
    <message>
        <source>就此上报</source>
        <translation>Report from here</translation>
    </message>
    <message>
        <source>巡视</source>
        <translation>Tour</translation>
    </message>
    <message>
        <source>工单队列</source>
        <translation>Ticket queue</translation>
    </message>
    <message>
        <source>平移</source>
        <translation>Pan</translation>
    </message>
    <message>
        <source>应用到墙</source>
        <translation>Apply to wall</translation>
    </message>
    <message>
        <source>截图入单</source>
        <translation>Snapshot to ticket</translation>
    </message>
    <message>
        <source>打开工单</source>
        <translation>Open the ticket</translation>
    </message>
    <message>
        <source>打开附近视频</source>
        <translation>Open a camera nearby</translation>
    </message>
    <message>
        <source>报告：预览、打印、存文件</source>
        <translation>Report: preview, print, save files</translation>
    </message>
    <message>
        <source>抽查：属实</source>
        <translation>Spot check: sound</translation>
    </message>
    <message>
        <source>抽查：无法判断</source>
        <translation>Spot check: cannot tell</translation>
    </message>
    <message>
        <source>抽查：疑似简化</source>
        <translation>Spot check: hollow</translation>
    </message>
    <message>
        <source>按来源筛选</source>
        <translation>Filter by source</translation>
    </message>
    <message>
        <source>按级别筛选</source>
        <translation>Filter by severity</translation>
    </message>
    <message>
        <source>换口径</source>
        <translation>Other date basis</translation>
    </message>
    <message>
        <source>换对比</source>
        <translation>Other comparison</translation>
    </message>
    <message>
        <source>换页</source>
        <translation>Other page</translation>
    </message>
    <message>
        <source>搁置或恢复</source>
        <translation>Shelve or unshelve</translation>
    </message>
    <message>
        <source>撤下墙面通知</source>
        <translation>Take the notice down</translation>
    </message>
    <message>
        <source>放大或还原</source>
        <translation>Enlarge or back</translation>
    </message>
    <message>
        <source>放大走势</source>
        <translation>Trend</translation>
    </message>
    <message>
        <source>放弃</source>
        <translation>Give up</translation>
    </message>
    <message>
        <source>本屏轮播：暂停或继续</source>
        <translation>Rotation of this screen: pause or resume</translation>
    </message>
    <message>
        <source>本窗口的按键</source>
        <translation>Keys of this window</translation>
    </message>
    <message>
        <source>查找工单</source>
        <translation>Find ticket</translation>
    </message>
    <message>
        <source>查找或命令</source>
        <translation>Find or command</translation>
    </message>
    <message>
        <source>派最近的力量</source>
        <translation>Send the nearest</translation>
    </message>
    <message>
        <source>深色浅色</source>
        <translation>Dark, light</translation>
    </message>
    <message>
        <source>确认</source>
        <translation>Acknowledge</translation>
    </message>
    <message>
        <source>统计看板</source>
        <translation>KPI board</translation>
    </message>
    <message>
        <source>缩放</source>
        <translation>Zoom</translation>
    </message>
    <message>
        <source>网格</source>
        <translation>Grid</translation>
    </message>
    <message>
        <source>联合检查</source>
        <translation>Joint inspection</translation>
    </message>
    <message>
        <source>自动取景</source>
        <translation>Fit by itself</translation>
    </message>
    <message>
        <source>视频墙</source>
        <translation>Cameras</translation>
    </message>
    <message>
        <source>解锁次序</source>
        <translation>Unlock the order</translation>
    </message>
    <message>
        <source>评价</source>
        <translation>Review</translation>
    </message>
    <message>
        <source>转席</source>
        <translation>Hand over</translation>
    </message>
    <message>
        <source>还原上一步</source>
        <translation>Undo the last step</translation>
    </message>
    <message>
        <source>送大屏</source>
        <translation>To wall</translation>
    </message>
    <message>
        <source>选屏</source>
        <translation>Choose a screen</translation>
    </message>
    <message>
        <source>选指标</source>
        <translation>Choose a figure</translation>
    </message>
    <message>
        <source>选时段</source>
        <translation>Choose a period</translation>
    </message>
    <message>
        <source>选画面</source>
        <translation>Choose a picture</translation>
    </message>
    <message>
        <source>重做</source>
        <translation>Do again</translation>
    </message>
    <message>
        <source>重新取数</source>
        <translation>Fetch anew</translation>
    </message>
    <message>
        <source>重新连接</source>
        <translation>Connect anew</translation>
    </message>
    <message>
        <source>量距，Enter 落点，Backspace 撤点</source>
        <translation>measure; Enter sets a point, Backspace takes it back</translation>
    </message>
    <message>
        <source>锁定或解锁本屏</source>
        <translation>Lock or unlock the screen</translation>
    </message>
    <message>
        <source>需处理</source>
        <translation>Tray</translation>
    </message>
    <message>
        <source>静音 2 分</source>
        <translation>Mute 2 min</translation>
    </message>
</context>
<context>
    <name>kpi</name>
    <message>
        <source> 个百分点</source>
        <translation> pts</translation>
    </message>
    <message>
        <source> 件</source>
        <translation> of them</translation>
    </message>
    <message>
        <source> 件，{area}占 </source>
        <translation>, {area} </translation>
    </message>
    <message>
        <source> 件，为平时的 </source>
        <translation>, </translation>
    </message>
    <message>
        <source> 件，平时不足 1 件</source>
        <translation>, usually under 1</translation>
    </message>
    <message>
        <source> 倍</source>
        <translation>× usual</translation>
    </message>
    <message>
        <source> 环节 </source>
        <translation> stage </translation>
    </message>
    <message>
        <source>1 天内</source>
        <translation>&lt; 1 day</translation>
    </message>
    <message>
        <source>1–3 天</source>
        <translation>1–3 days</translation>
    </message>
    <message>
        <source>30 天以上</source>
        <translation>&gt; 30 days</translation>
    </message>
    <message>
        <source>30 天内重开 / 结案</source>
        <translation>reopened in 30 d / closed</translation>
    </message>
    <message>
        <source>3–7 天</source>
        <translation>3–7 days</translation>
    </message>
    <message>
        <source>7–30 天</source>
        <translation>7–30 days</translation>
    </message>
    <message>
        <source>95% 上限</source>
        <translation>95% high</translation>
    </message>
    <message>
        <source>95% 下限</source>
        <translation>95% low</translation>
    </message>
    <message>
        <source>95% 区间</source>
        <translation>95% range</translation>
    </message>
    <message>
        <source>M/d</source>
        <translation>d MMM</translation>
    </message>
    <message>
        <source>M月d日</source>
        <translation>d MMM</translation>
    </message>
    <message>
        <source>yyyy年M月d日</source>
        <translation>d MMM yyyy</translation>
    </message>
    <message>
        <source>{compare} {span}</source>
        <translation>{compare} {span}</translation>
    </message>
    <message>
        <source>{compare} {span} 截至 {at}</source>
        <translation>{compare} {span} as of {at}</translation>
    </message>
    <message>
        <source>{compare}无可比：历史自 {day} 起</source>
        <translation>{compare}: nothing to compare, history begins {day}</translation>
    </message>
    <message>
        <source>{days} 天 {hours} 小时</source>
        <translation>{days} d {hours} h</translation>
    </message>
    <message>
        <source>{hours} 小时 {minutes} 分</source>
        <translation>{hours} h {minutes} min</translation>
    </message>
    <message>
        <source>{h} 时</source>
        <translation>{h} h</translation>
    </message>
    <message>
        <source>{kpi}低于目标 </source>
        <translation>{kpi} short by </translation>
    </message>
    <message>
        <source>{level}办结占比</source>
        <translation>Closed at {level}</translation>
    </message>
    <message>
        <source>{matter}突增 </source>
        <translation>{matter} surge </translation>
    </message>
    <message>
        <source>{minutes} 分</source>
        <translation>{minutes} min</translation>
    </message>
    <message>
        <source>{name} {value}，{n} 除以 {m}，{excluded}，变化 {change}</source>
        <translation>{name} {value}, {n} of {m}, {excluded}, change {change}</translation>
    </message>
    <message>
        <source>{n} 件</source>
        <translation>n = {n}</translation>
    </message>
    <message>
        <source>{what}：{why}</source>
        <translation>{what}: {why}</translation>
    </message>
    <message>
        <source>一次最多 {n} 天，请缩短</source>
        <translation>Longer than {n} d, please shorten</translation>
    </message>
    <message>
        <source>一次派准率</source>
        <translation>First dispatch right</translation>
    </message>
    <message>
        <source>上一个文件还在写，写完再导出</source>
        <translation>The last file is still being written; export again when it is done</translation>
    </message>
    <message>
        <source>上月</source>
        <translation>Last month</translation>
    </message>
    <message>
        <source>上期值</source>
        <translation>Value before</translation>
    </message>
    <message>
        <source>不予受理</source>
        <translation>Refused</translation>
    </message>
    <message>
        <source>不足 30 件不排名：{rows}</source>
        <translation>Under 30, unranked: {rows}</translation>
    </message>
    <message>
        <source>事项</source>
        <translation>Matter</translation>
    </message>
    <message>
        <source>仅看 {part}，F 看全部</source>
        <translation>Only {part}, F shows everything</translation>
    </message>
    <message>
        <source>今日</source>
        <translation>Today</translation>
    </message>
    <message>
        <source>代码</source>
        <translation>Code</translation>
    </message>
    <message>
        <source>件数</source>
        <translation>Tickets</translation>
    </message>
    <message>
        <source>企业小循环</source>
        <translation>enterprise loop</translation>
    </message>
    <message>
        <source>作废</source>
        <translation>Void</translation>
    </message>
    <message>
        <source>值</source>
        <translation>Value</translation>
    </message>
    <message>
        <source>先选好期间，再出报告</source>
        <translation>Choose a period first, then make the report</translation>
    </message>
    <message>
        <source>公式版本</source>
        <translation>Formula version</translation>
    </message>
    <message>
        <source>其他</source>
        <translation>Other</translation>
    </message>
    <message>
        <source>内容</source>
        <translation>Content</translation>
    </message>
    <message>
        <source>再次派遣</source>
        <translation>Dispatched again</translation>
    </message>
    <message>
        <source>分</source>
        <translation>Score</translation>
    </message>
    <message>
        <source>分子</source>
        <translation>Counted</translation>
    </message>
    <message>
        <source>分母</source>
        <translation>All</translation>
    </message>
    <message>
        <source>分流 / 热线受理</source>
        <translation>diverted / hotline</translation>
    </message>
    <message>
        <source>刷新没有成功（{reason}），自动重试</source>
        <translation>Refresh failed ({reason}), trying again</translation>
    </message>
    <message>
        <source>剔除</source>
        <translation>Excluded</translation>
    </message>
    <message>
        <source>剔除：{list}</source>
        <translation>excluded: {list}</translation>
    </message>
    <message>
        <source>办结</source>
        <translation>Closed</translation>
    </message>
    <message>
        <source>办结时长 P90</source>
        <translation>Hours to close, P90</translation>
    </message>
    <message>
        <source>办结时长中位</source>
        <translation>Hours to close, P50</translation>
    </message>
    <message>
        <source>办结率（受理口径）</source>
        <translation>Closure rate (accepted)</translation>
    </message>
    <message>
        <source>办结率（处置口径）</source>
        <translation>Closure rate (handled)</translation>
    </message>
    <message>
        <source>区</source>
        <translation>District</translation>
    </message>
    <message>
        <source>协办按时反馈率</source>
        <translation>Co-unit results</translation>
    </message>
    <message>
        <source>协办按时报到率</source>
        <translation>Co-units in on time</translation>
    </message>
    <message>
        <source>单位</source>
        <translation>unit</translation>
    </message>
    <message>
        <source>单位排名</source>
        <translation>Units ranked</translation>
    </message>
    <message>
        <source>单位榜单</source>
        <translation>Units, one list</translation>
    </message>
    <message>
        <source>占比</source>
        <translation>Share</translation>
    </message>
    <message>
        <source>反复热点</source>
        <translation>Repeat spots</translation>
    </message>
    <message>
        <source>受理</source>
        <translation>Accepted</translation>
    </message>
    <message>
        <source>受理的工单</source>
        <translation>tickets accepted</translation>
    </message>
    <message>
        <source>受理量</source>
        <translation>Accepted</translation>
    </message>
    <message>
        <source>口径</source>
        <translation>By date</translation>
    </message>
    <message>
        <source>只列前 {n} 行，共 {total} 行</source>
        <translation>rows shown: {n} / {total}</translation>
    </message>
    <message>
        <source>各级办结</source>
        <translation>Closed by level</translation>
    </message>
    <message>
        <source>各行合计 {n} / {m}，与数字不符，请报告</source>
        <translation>rows add up to {n} / {m}, not the figure: please report</translation>
    </message>
    <message>
        <source>各行合计 {n} / {m}，与数字相符</source>
        <translation>rows add up to {n} / {m}, as the figure</translation>
    </message>
    <message>
        <source>同比</source>
        <translation>last yr</translation>
    </message>
    <message>
        <source>名次</source>
        <translation>Rank</translation>
    </message>
    <message>
        <source>名称</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>回看</source>
        <translation>Look back</translation>
    </message>
    <message>
        <source>回看 {at}，Home 回到现在</source>
        <translation>Looking back at {at}, Home returns to now</translation>
    </message>
    <message>
        <source>回访接通率</source>
        <translation>Calls reached</translation>
    </message>
    <message>
        <source>在办龄期</source>
        <translation>Age of open tickets</translation>
    </message>
    <message>
        <source>在该层级办结 / 结案</source>
        <translation>closed at this level / closed</translation>
    </message>
    <message>
        <source>地点</source>
        <translation>Place</translation>
    </message>
    <message>
        <source>处置率</source>
        <translation>Handling rate</translation>
    </message>
    <message>
        <source>大类</source>
        <translation>class</translation>
    </message>
    <message>
        <source>存到文件夹</source>
        <translation>Folder</translation>
    </message>
    <message>
        <source>导出</source>
        <translation>Export</translation>
    </message>
    <message>
        <source>小类</source>
        <translation>sub-class</translation>
    </message>
    <message>
        <source>层级</source>
        <translation>Level</translation>
    </message>
    <message>
        <source>层级不明</source>
        <translation>Level unknown</translation>
    </message>
    <message>
        <source>已处置 / 应处置</source>
        <translation>handled / due to handle</translation>
    </message>
    <message>
        <source>已存 {file}</source>
        <translation>Saved {file}</translation>
    </message>
    <message>
        <source>已解决 / 接通</source>
        <translation>solved / reached</translation>
    </message>
    <message>
        <source>市民大循环</source>
        <translation>citizen loop</translation>
    </message>
    <message>
        <source>常量</source>
        <translation>Usual</translation>
    </message>
    <message>
        <source>平均改派次数</source>
        <translation>Mean redirections</translation>
    </message>
    <message>
        <source>平时 {n}</source>
        <translation>usual {n}</translation>
    </message>
    <message>
        <source>并案</source>
        <translation>Merged</translation>
    </message>
    <message>
        <source>延迟 {age}</source>
        <translation>delay {age}</translation>
    </message>
    <message>
        <source>强制结案</source>
        <translation>Forced closed</translation>
    </message>
    <message>
        <source>循环</source>
        <translation>loop</translation>
    </message>
    <message>
        <source>截至 {at}</source>
        <translation>as of {at}</translation>
    </message>
    <message>
        <source>执法</source>
        <translation>Enforcement</translation>
    </message>
    <message>
        <source>报告没有出成</source>
        <translation>The report was not made</translation>
    </message>
    <message>
        <source>挂账</source>
        <translation>Suspended</translation>
    </message>
    <message>
        <source>指标</source>
        <translation>KPI</translation>
    </message>
    <message>
        <source>按 P 再出一次。</source>
        <translation>Press P to try again.</translation>
    </message>
    <message>
        <source>按到期</source>
        <translation>by due</translation>
    </message>
    <message>
        <source>按到期日</source>
        <translation>by due</translation>
    </message>
    <message>
        <source>按协办到期</source>
        <translation>by co-unit due</translation>
    </message>
    <message>
        <source>按受理</source>
        <translation>by intake</translation>
    </message>
    <message>
        <source>按受理日</source>
        <translation>by day of acceptance</translation>
    </message>
    <message>
        <source>按回访</source>
        <translation>by call-back</translation>
    </message>
    <message>
        <source>按处置</source>
        <translation>by handling</translation>
    </message>
    <message>
        <source>按日志还原当时所显示的数。日期留空回到现在。</source>
        <translation>Restores from the log what was shown then. An empty date returns to now.</translation>
    </message>
    <message>
        <source>按时 / 应完成</source>
        <translation>on time / due</translation>
    </message>
    <message>
        <source>按时受理率</source>
        <translation>Timely accept</translation>
    </message>
    <message>
        <source>按时处置 / 应处置</source>
        <translation>on time / due to handle</translation>
    </message>
    <message>
        <source>按时处置率</source>
        <translation>On-time handling</translation>
    </message>
    <message>
        <source>按时核实率</source>
        <translation>Timely verify</translation>
    </message>
    <message>
        <source>按时核查率</source>
        <translation>Timely check</translation>
    </message>
    <message>
        <source>按时派遣率</source>
        <translation>Timely dispatch</translation>
    </message>
    <message>
        <source>按时签收率</source>
        <translation>Timely sign</translation>
    </message>
    <message>
        <source>按期</source>
        <translation>On time</translation>
    </message>
    <message>
        <source>按期率</source>
        <translation>On time</translation>
    </message>
    <message>
        <source>按期结案 / 应结案</source>
        <translation>on time / due to close</translation>
    </message>
    <message>
        <source>按期结案率</source>
        <translation>On-time closure rate</translation>
    </message>
    <message>
        <source>按派遣</source>
        <translation>by dispatch</translation>
    </message>
    <message>
        <source>按环节到期</source>
        <translation>by stage due</translation>
    </message>
    <message>
        <source>按结案</source>
        <translation>by close</translation>
    </message>
    <message>
        <source>按结案日</source>
        <translation>by day of closing</translation>
    </message>
    <message>
        <source>接通 / 回访</source>
        <translation>reached / called</translation>
    </message>
    <message>
        <source>改派次数 / 派遣</source>
        <translation>redirections / dispatched</translation>
    </message>
    <message>
        <source>数存为 XLSX 或 CSV，图存为 PNG 或 SVG。</source>
        <translation>Numbers as XLSX or CSV, pictures as PNG or SVG.</translation>
    </message>
    <message>
        <source>整个看板</source>
        <translation>The whole board</translation>
    </message>
    <message>
        <source>无剔除</source>
        <translation>none excluded</translation>
    </message>
    <message>
        <source>无意见</source>
        <translation>No opinion</translation>
    </message>
    <message>
        <source>无时限</source>
        <translation>No limit</translation>
    </message>
    <message>
        <source>日</source>
        <translation>day</translation>
    </message>
    <message>
        <source>日期</source>
        <translation>Date</translation>
    </message>
    <message>
        <source>时刻</source>
        <translation>Time</translation>
    </message>
    <message>
        <source>时刻不明</source>
        <translation>Time unknown</translation>
    </message>
    <message>
        <source>时刻写成 17:00 的样子</source>
        <translation>Write the time like 17:00</translation>
    </message>
    <message>
        <source>月</source>
        <translation>month</translation>
    </message>
    <message>
        <source>服务器的答复读不懂，请升级本机程序</source>
        <translation>the answer of the server cannot be read, update the program on this computer</translation>
    </message>
    <message>
        <source>期间最长 366 天</source>
        <translation>a period has at most 366 days</translation>
    </message>
    <message>
        <source>未回退改派的结案 / 派遣</source>
        <translation>unreturned / dispatched</translation>
    </message>
    <message>
        <source>未填调解结果</source>
        <translation>Mediation outcome not stated</translation>
    </message>
    <message>
        <source>未定</source>
        <translation>none</translation>
    </message>
    <message>
        <source>未接通</source>
        <translation>Not reached</translation>
    </message>
    <message>
        <source>未答是否解决</source>
        <translation>No answer if solved</translation>
    </message>
    <message>
        <source>未计入</source>
        <translation>Not counted</translation>
    </message>
    <message>
        <source>本周</source>
        <translation>This week</translation>
    </message>
    <message>
        <source>本月</source>
        <translation>This month</translation>
    </message>
    <message>
        <source>本期没有受理、结案或到期的工单，报告各表为空</source>
        <translation>Nothing was accepted, closed or due in this period; the tables of the report are empty</translation>
    </message>
    <message>
        <source>权重 {weights}</source>
        <translation>Weights {weights}</translation>
    </message>
    <message>
        <source>来源</source>
        <translation>Source</translation>
    </message>
    <message>
        <source>格式</source>
        <translation>Format</translation>
    </message>
    <message>
        <source>止日早于起日，请改一个</source>
        <translation>The last day is before the first</translation>
    </message>
    <message>
        <source>正在写文件</source>
        <translation>Writing the file</translation>
    </message>
    <message>
        <source>正在出报告</source>
        <translation>Making the report</translation>
    </message>
    <message>
        <source>此后变化太多，一次问不完；请在服务器上用 liandong report --at 出具</source>
        <translation>too much has changed since for one question; make it on the server with liandong report --at</translation>
    </message>
    <message>
        <source>每日</source>
        <translation>By day</translation>
    </message>
    <message>
        <source>没有存成：{why}。换一个文件夹再试</source>
        <translation>Not saved: {why}. Try another folder</translation>
    </message>
    <message>
        <source>满意率</source>
        <translation>Satisfaction rate</translation>
    </message>
    <message>
        <source>满意率（严）</source>
        <translation>Satisfaction (strict)</translation>
    </message>
    <message>
        <source>满意＋基本满意 / 有效回访</source>
        <translation>fairly or better / rated</translation>
    </message>
    <message>
        <source>环比</source>
        <translation>prev.</translation>
    </message>
    <message>
        <source>申诉成立</source>
        <translation>Appeal granted</translation>
    </message>
    <message>
        <source>目标</source>
        <translation>Target</translation>
    </message>
    <message>
        <source>看板还没有数，等统计完成再导出</source>
        <translation>The board has no figures yet: export when they have come</translation>
    </message>
    <message>
        <source>社区</source>
        <translation>community</translation>
    </message>
    <message>
        <source>等 {n} 个文件</source>
        <translation>(files: {n})</translation>
    </message>
    <message>
        <source>结案</source>
        <translation>Closed</translation>
    </message>
    <message>
        <source>结案 / 已处置</source>
        <translation>closed / handled</translation>
    </message>
    <message>
        <source>结案 / 应结案（到期口径）</source>
        <translation>closed / due to close</translation>
    </message>
    <message>
        <source>结案 / 有效受理</source>
        <translation>closed / accepted</translation>
    </message>
    <message>
        <source>结案率</source>
        <translation>Closure rate</translation>
    </message>
    <message>
        <source>结案的工单</source>
        <translation>tickets closed</translation>
    </message>
    <message>
        <source>结案超期 </source>
        <translation>limit </translation>
    </message>
    <message>
        <source>结案量</source>
        <translation>Closed</translation>
    </message>
    <message>
        <source>统计看板</source>
        <translation>KPI board</translation>
    </message>
    <message>
        <source>网格</source>
        <translation>Grid</translation>
    </message>
    <message>
        <source>网格循环</source>
        <translation>grid loop</translation>
    </message>
    <message>
        <source>职责外</source>
        <translation>Outside remit</translation>
    </message>
    <message>
        <source>自定</source>
        <translation>Other dates</translation>
    </message>
    <message>
        <source>街道</source>
        <translation>Town</translation>
    </message>
    <message>
        <source>街道排名</source>
        <translation>Towns ranked</translation>
    </message>
    <message>
        <source>街道榜单</source>
        <translation>Towns, one list</translation>
    </message>
    <message>
        <source>调解成功 / 结案的纠纷</source>
        <translation>settled / disputes closed</translation>
    </message>
    <message>
        <source>调解成功率</source>
        <translation>Mediation success</translation>
    </message>
    <message>
        <source>超期未结 </source>
        <translation>Overdue </translation>
    </message>
    <message>
        <source>返工 / 应结案</source>
        <translation>reworked / due to close</translation>
    </message>
    <message>
        <source>返工率</source>
        <translation>Rework rate</translation>
    </message>
    <message>
        <source>这个时刻还没有到，请改早一些</source>
        <translation>That moment has not come yet: choose an earlier one</translation>
    </message>
    <message>
        <source>这张图现在看不见，画不出来</source>
        <translation>This chart is not visible now and cannot be drawn</translation>
    </message>
    <message>
        <source>这张图编不成 PNG</source>
        <translation>This picture could not be made into a PNG</translation>
    </message>
    <message>
        <source>重开率</source>
        <translation>Reopen rate</translation>
    </message>
    <message>
        <source>问题解决率</source>
        <translation>Problems solved</translation>
    </message>
    <message>
        <source>非常满意＋满意 / 有效回访</source>
        <translation>satisfied or better / rated</translation>
    </message>
    <message>
        <source>非警务分流率</source>
        <translation>Diverted</translation>
    </message>
    <message>
        <source>龄期</source>
        <translation>Age</translation>
    </message>
    <message>
        <source>（本月 {n}）</source>
        <translation> (month {n})</translation>
    </message>
    <message>
        <source>，</source>
        <translation>, </translation>
    </message>
</context>
<context>
    <name>kpi_short</name>
    <message>
        <source>按期结案率</source>
        <translation>On-time</translation>
    </message>
    <message>
        <source>派准率</source>
        <translation>First dispatch right</translation>
    </message>
    <message>
        <source>满意率</source>
        <translation>Satisfaction</translation>
    </message>
    <message>
        <source>结案率</source>
        <translation>Closure</translation>
    </message>
</context>
<context>
    <name>launcher</name>
    <message>
        <source>临期与超期</source>
        <translation>At risk and overdue</translation>
    </message>
    <message>
        <source>事件部件清单</source>
        <translation>List of matters</translation>
    </message>
    <message>
        <source>交接班</source>
        <translation>Shift handover</translation>
    </message>
    <message>
        <source>什么没人确认，忙不忙</source>
        <translation>What is unacknowledged, and is it too much</translation>
    </message>
    <message>
        <source>什么要紧，我走后变了什么</source>
        <translation>What matters, what changed since I left</translation>
    </message>
    <message>
        <source>今日态势</source>
        <translation>Today</translation>
    </message>
    <message>
        <source>区划、单位、岗位、部件、工作日</source>
        <translation>Areas, units, posts, days</translation>
    </message>
    <message>
        <source>单号、地点、单位、事项</source>
        <translation>Number, place, unit, matter</translation>
    </message>
    <message>
        <source>告警</source>
        <translation>Alarms</translation>
    </message>
    <message>
        <source>哪一路要紧，能不能信</source>
        <translation>Which matters, which to trust</translation>
    </message>
    <message>
        <source>哪些命令没有执行，等您决定</source>
        <translation>Which commands were not carried out</translation>
    </message>
    <message>
        <source>回访、抽查、疑似简化办结、申诉</source>
        <translation>Call-backs, spot checks, signals, appeals</translation>
    </message>
    <message>
        <source>在哪里，谁能看到</source>
        <translation>Where is it, who can see it</translation>
    </message>
    <message>
        <source>地图</source>
        <translation>Map</translation>
    </message>
    <message>
        <source>地图大屏</source>
        <translation>Map wall</translation>
    </message>
    <message>
        <source>墙上现在是什么，接下来换成什么</source>
        <translation>What hangs on the wall, and what comes next</translation>
    </message>
    <message>
        <source>大屏导播</source>
        <translation>Wall director</translation>
    </message>
    <message>
        <source>大屏：今天是否可控</source>
        <translation>Wall: is today under control</translation>
    </message>
    <message>
        <source>大屏：十六路画面与状态</source>
        <translation>Wall: sixteen pictures</translation>
    </message>
    <message>
        <source>大屏：本月各项比率与走势</source>
        <translation>Wall: rates and trends of the month</translation>
    </message>
    <message>
        <source>大屏：现在线上下的工单</source>
        <translation>Wall: tickets around now</translation>
    </message>
    <message>
        <source>大屏：联合检查的进度</source>
        <translation>Wall: progress of joint inspections</translation>
    </message>
    <message>
        <source>大屏：选中工单的周边</source>
        <translation>Wall: around a ticket</translation>
    </message>
    <message>
        <source>工单队列</source>
        <translation>Ticket queue</translation>
    </message>
    <message>
        <source>指标与反查</source>
        <translation>Rates and the tickets behind</translation>
    </message>
    <message>
        <source>接下来该办哪一件</source>
        <translation>Which one next</translation>
    </message>
    <message>
        <source>接电话，边听边填</source>
        <translation>On the phone, type while listening</translation>
    </message>
    <message>
        <source>新建工单</source>
        <translation>New ticket</translation>
    </message>
    <message>
        <source>查找工单</source>
        <translation>Find ticket</translation>
    </message>
    <message>
        <source>立什么案，按什么标准，该改哪一条</source>
        <translation>What is filed, and how</translation>
    </message>
    <message>
        <source>组织与登记</source>
        <translation>Organisation</translation>
    </message>
    <message>
        <source>统计大屏</source>
        <translation>KPI wall</translation>
    </message>
    <message>
        <source>统计看板</source>
        <translation>KPI board</translation>
    </message>
    <message>
        <source>联合检查</source>
        <translation>Joint inspection</translation>
    </message>
    <message>
        <source>联检大屏</source>
        <translation>Inspection wall</translation>
    </message>
    <message>
        <source>视频墙</source>
        <translation>Cameras</translation>
    </message>
    <message>
        <source>视频大屏</source>
        <translation>Camera wall</translation>
    </message>
    <message>
        <source>评价</source>
        <translation>Evaluation</translation>
    </message>
    <message>
        <source>谁到了，查出什么，还差什么</source>
        <translation>Who came, what was found</translation>
    </message>
    <message>
        <source>需处理</source>
        <translation>Tray</translation>
    </message>
</context>
<context>
    <name>link</name>
    <message>
        <source>{loading}，以下尚不完整</source>
        <translation>{loading}, what follows is not whole yet</translation>
    </message>
    <message>
        <source>与联动服务断开 {age}</source>
        <translation>No line to the server for {age}</translation>
    </message>
    <message>
        <source>以下为 {time} 的数</source>
        <translation>figures as of {time}</translation>
    </message>
    <message>
        <source>启动以来未接通</source>
        <translation>Not connected since start</translation>
    </message>
    <message>
        <source>启动以来未接通联动服务，以下没有数据</source>
        <translation>Not connected to the server since start, no data below</translation>
    </message>
    <message>
        <source>正在取快照 {percent}%</source>
        <translation>Fetching snapshot {percent}%</translation>
    </message>
    <message>
        <source>联动服务没有新消息</source>
        <translation>No news from the server</translation>
    </message>
</context>
<context>
    <name>map</name>
    <message>
        <source> · {file} 没有用：{why}</source>
        <translation> · {file} is left out: {why}</translation>
    </message>
    <message>
        <source>{n} 件工单，最紧 {worst}</source>
        <translation>Tickets: {n}, worst {worst}</translation>
    </message>
    <message>
        <source>不是 GeoJSON</source>
        <translation>no GeoJSON</translation>
    </message>
    <message>
        <source>不能用（{code}）</source>
        <translation>cannot be used ({code})</translation>
    </message>
    <message>
        <source>坐标不在任何边界内，按上报的区域计</source>
        <translation>The point lies in no polygon; the reported area counts</translation>
    </message>
    <message>
        <source>坐标同时落在{areas}，未作判定，按上报的区域计</source>
        <translation>The point lies in {areas} at once, not decided; the reported area counts</translation>
    </message>
    <message>
        <source>坐标系与底图包写的不同</source>
        <translation>another datum than the package says</translation>
    </message>
    <message>
        <source>坐标落在{areas}，与上报的区域不同，按上报的区域计</source>
        <translation>The point lies in {areas}, not in the reported area, which counts</translation>
    </message>
    <message>
        <source>底图 离线包 {date}</source>
        <translation>Ground: offline package {date}</translation>
    </message>
    <message>
        <source>所属区域由坐标判定，边界由点推算</source>
        <translation>Area found by the point, in cells derived from points</translation>
    </message>
    <message>
        <source>文件不完整，请重新拷入</source>
        <translation>the file is cut off, copy it again</translation>
    </message>
    <message>
        <source>无底图包，只画网格边界</source>
        <translation>No map package: grid borders only</translation>
    </message>
    <message>
        <source>演示：网格、道路、建筑与部件均为虚构</source>
        <translation>Demo: grids, streets, buildings and components are invented</translation>
    </message>
    <message>
        <source>瓦片不可用（{code}）</source>
        <translation>Tiles unavailable ({code})</translation>
    </message>
    <message>
        <source>瓦片不完整</source>
        <translation>A tile is incomplete</translation>
    </message>
    <message>
        <source>瓦片文件不在底图包里</source>
        <translation>The tile file is not in the map package</translation>
    </message>
    <message>
        <source>瓦片文件不是 MBTiles，或已损坏</source>
        <translation>The tile file is no MBTiles, or is damaged</translation>
    </message>
    <message>
        <source>瓦片文件是矢量瓦片，只支持图片</source>
        <translation>The tile file holds vector tiles; only pictures are supported</translation>
    </message>
    <message>
        <source>瓦片服务没有回应</source>
        <translation>The tile service does not answer</translation>
    </message>
    <message>
        <source>瓦片服务的主机不在允许名单</source>
        <translation>The host of the tile service is not on the list</translation>
    </message>
    <message>
        <source>瓦片服务的地址不对</source>
        <translation>The address of the tile service is wrong</translation>
    </message>
    <message>
        <source>瓦片服务给的不是图片</source>
        <translation>What the tile service gives is no picture</translation>
    </message>
    <message>
        <source>瓦片服务转到别处，不跟随</source>
        <translation>The tile service sends elsewhere, not followed</translation>
    </message>
    <message>
        <source>瓦片服务连不上</source>
        <translation>The tile service cannot be reached</translation>
    </message>
    <message>
        <source>瓦片的写法不对</source>
        <translation>the tiles are not written as they should be</translation>
    </message>
    <message>
        <source>经纬度写反了，请对调后再导入</source>
        <translation>latitude before longitude, exchange them and import again</translation>
    </message>
    <message>
        <source>编码重复</source>
        <translation>a code stands twice</translation>
    </message>
    <message>
        <source>网格由点推算，仅供参考</source>
        <translation>Grids derived from points, for orientation only</translation>
    </message>
    <message>
        <source>视频 {name}</source>
        <translation>Camera {name}</translation>
    </message>
    <message>
        <source>读不了</source>
        <translation>cannot be read</translation>
    </message>
    <message>
        <source>边界没有闭合</source>
        <translation>a border is not closed</translation>
    </message>
    <message>
        <source>边界没有面积</source>
        <translation>a border has no area</translation>
    </message>
    <message>
        <source>边界自相交，请修正后再导入</source>
        <translation>a border crosses itself, mend it and import again</translation>
    </message>
    <message>
        <source>这不是底图包，请检查设置</source>
        <translation>this is no map package, look at the setting</translation>
    </message>
    <message>
        <source>里面没有面</source>
        <translation>there is no polygon in it</translation>
    </message>
</context>
<context>
    <name>media</name>
    <message>
        <source>演示画面 {time}</source>
        <translation>Demo {time}</translation>
    </message>
</context>
<context>
    <name>merge</name>
    <message>
        <source>{other} 保持{state}，时限不变（{due} 到期）。</source>
        <translation> {other} stays as it is ({state}), its limit unchanged (due {due}).</translation>
    </message>
    <message>
        <source>上报</source>
        <translation>Reported</translation>
    </message>
    <message>
        <source>业务到期</source>
        <translation>Case due</translation>
    </message>
    <message>
        <source>两单的经过和照片都保留，互相可查；并案不能撤回。</source>
        <translation> Story and photos of both are kept and can be reached from each other. A merge cannot be taken back.</translation>
    </message>
    <message>
        <source>事项</source>
        <translation>Matter</translation>
    </message>
    <message>
        <source>单号</source>
        <translation>Number</translation>
    </message>
    <message>
        <source>地点</source>
        <translation>Place</translation>
    </message>
    <message>
        <source>并案后 {own} 以“并案”结束，时钟停止，不计入结案。</source>
        <translation>Then {own} ends as merged: its clocks stop and it does not count as closed.</translation>
    </message>
    <message>
        <source>承办单位</source>
        <translation>Unit in charge</translation>
    </message>
    <message>
        <source>来源</source>
        <translation>Source</translation>
    </message>
    <message>
        <source>状态</source>
        <translation>State</translation>
    </message>
    <message>
        <source>紧急程度</source>
        <translation>Urgency</translation>
    </message>
    <message>
        <source>，相距 {n} 米</source>
        <translation>, {n} m apart</translation>
    </message>
</context>
<context>
    <name>new_ticket</name>
    <message>
        <source>事项</source>
        <translation>Matter</translation>
    </message>
    <message>
        <source>地点</source>
        <translation>Place</translation>
    </message>
    <message>
        <source>诉求</source>
        <translation>What was said</translation>
    </message>
</context>
<context>
    <name>notices</name>
    <message>
        <source>令牌不被服务器接受（过期、已撤销或不对），请向管理员领取新令牌后重新登录；待发命令都保留在本机</source>
        <translation>The server does not accept the token (expired, revoked or wrong): get a new one from the administrator and log in again; queued commands stay on this machine</translation>
    </message>
    <message>
        <source>令牌被拒，请重新登录</source>
        <translation>token refused, log in again</translation>
    </message>
    <message>
        <source>待发命令文件受损，已救回 {saved} 条，{unreadable} 条无法读取，请对照工单记录核对</source>
        <translation>The file of queued commands was damaged: {saved} saved, {unreadable} unreadable; check them against the tickets&apos; records</translation>
    </message>
    <message>
        <source>换了登录人，{command} 没有存下，请重新给出</source>
        <translation>Another person logged in, {command} was not stored: give it again</translation>
    </message>
    <message>
        <source>服务器不接受本程序的数据，请升级</source>
        <translation>the server refuses what this program sends, upgrade it</translation>
    </message>
    <message>
        <source>服务器认定的登录人变了，已换到他的缓存和待发命令</source>
        <translation>The server knows another person here now: cache and queued commands are theirs</translation>
    </message>
    <message>
        <source>本机时钟差 {seconds} 秒，请校时；剩余时限按服务器时间计，不受影响</source>
        <translation>This machine&apos;s clock is off by {seconds} s, set it; limits follow the server&apos;s time and are right</translation>
    </message>
    <message>
        <source>本机磁盘已满或不可写，{command} 没有存下，请腾出空间后重新给出</source>
        <translation>The disk is full or cannot be written, {command} was not stored: free some space and give it again</translation>
    </message>
    <message>
        <source>本机磁盘已满或不可写，命令暂时不能给出；请腾出空间</source>
        <translation>The disk is full or cannot be written, commands cannot be given for now: free some space</translation>
    </message>
    <message>
        <source>本机磁盘已满，请腾出空间</source>
        <translation>disk full, free some space</translation>
    </message>
    <message>
        <source>本机缓存写不进去，只在内存中继续；请检查磁盘空间和目录权限</source>
        <translation>The cache cannot be written, this run goes on in memory: check disk space and rights of the folder</translation>
    </message>
    <message>
        <source>本机缓存受损，已另存为 {file} 并重新取数；待发命令不受影响</source>
        <translation>The cache was damaged, put aside as {file} and fetched anew; queued commands are not affected</translation>
    </message>
    <message>
        <source>本机缓存恢复写入</source>
        <translation>The cache can be written again</translation>
    </message>
    <message>
        <source>本程序与服务器版本不合，请升级本机程序；待发命令都保留在本机（{reason}）</source>
        <translation>This program and the server are of versions that do not fit: upgrade this machine; queued commands stay here ({reason})</translation>
    </message>
    <message>
        <source>程序版本不合，请升级</source>
        <translation>program version does not fit, upgrade</translation>
    </message>
</context>
<context>
    <name>palette</name>
    <message>
        <source>地点</source>
        <translation>Place</translation>
    </message>
    <message>
        <source>工单</source>
        <translation>Ticket</translation>
    </message>
    <message>
        <source>操作</source>
        <translation>Action</translation>
    </message>
    <message>
        <source>查找</source>
        <translation>Find</translation>
    </message>
    <message>
        <source>窗口</source>
        <translation>Windows</translation>
    </message>
    <message>
        <source>视图</source>
        <translation>Views</translation>
    </message>
    <message>
        <source>视频</source>
        <translation>Cameras</translation>
    </message>
</context>
<context>
    <name>papers</name>
    <message>
        <source>{day} 通过</source>
        <translation>passed {day}</translation>
    </message>
    <message>
        <source>{first} 至 {last}</source>
        <translation>{first} to {last}</translation>
    </message>
    <message>
        <source>“{name}”不合格</source>
        <translation>“{name}” in breach</translation>
    </message>
    <message>
        <source>上述问题移送行政执法机关依法处理。你单位应当于</source>
        <translation>The matters above go to enforcement. You shall, by</translation>
    </message>
    <message>
        <source>协办</source>
        <translation>Co-unit</translation>
    </message>
    <message>
        <source>待复查</source>
        <translation>to re-check</translation>
    </message>
    <message>
        <source>报到 {a}＋时限 {b}＋完成 {c}＋质量 {d}</source>
        <translation>check-in {a} + on time {b} + complete {c} + quality {d}</translation>
    </message>
    <message>
        <source>整改期满后另行通知</source>
        <translation>announced after the deadline</translation>
    </message>
    <message>
        <source>未送达</source>
        <translation>not served</translation>
    </message>
    <message>
        <source>未通过 {n} 次</source>
        <translation>failed ×{n}</translation>
    </message>
    <message>
        <source>牵头</source>
        <translation>Lead</translation>
    </message>
    <message>
        <source>现责令你单位停业整改，于</source>
        <translation>You are ordered to suspend business and rectify, by</translation>
    </message>
    <message>
        <source>现责令你单位限期整改，于</source>
        <translation>You are ordered to rectify, by</translation>
    </message>
    <message>
        <source>移送执法</source>
        <translation>To enforcement</translation>
    </message>
    <message>
        <source>第 {n} 页/共 {m} 页</source>
        <translation>Page {n} of {m}</translation>
    </message>
    <message>
        <source>编号：{short}联检 {no}</source>
        <translation>No. {short} {no}</translation>
    </message>
    <message>
        <source>联合检查任务单</source>
        <translation>Inspection assignment</translation>
    </message>
    <message>
        <source>联合检查记录</source>
        <translation>Inspection record</translation>
    </message>
    <message>
        <source>责令整改通知书</source>
        <translation>Rectification notice</translation>
    </message>
    <message>
        <source>（尚未办结）</source>
        <translation>(not closed yet)</translation>
    </message>
    <message>
        <source>，</source>
        <translation>, </translation>
    </message>
</context>
<context>
    <name>parts</name>
    <message>
        <source>处理中</source>
        <translation>Handling</translation>
    </message>
    <message>
        <source>已反馈</source>
        <translation>Reported</translation>
    </message>
    <message>
        <source>已签收</source>
        <translation>Signed</translation>
    </message>
    <message>
        <source>已通过</source>
        <translation>Accepted</translation>
    </message>
    <message>
        <source>待签收</source>
        <translation>To sign</translation>
    </message>
    <message>
        <source>退回</source>
        <translation>Returned</translation>
    </message>
</context>
<context>
    <name>pauses</name>
    <message>
        <source>已回退</source>
        <translation>Returned</translation>
    </message>
    <message>
        <source>待核查</source>
        <translation>Under check</translation>
    </message>
    <message>
        <source>挂账</source>
        <translation>Suspended</translation>
    </message>
</context>
<context>
    <name>print</name>
    <message>
        <source>本机没有打印机，请改为导出 PDF</source>
        <translation>This machine has no printer, export a PDF instead</translation>
    </message>
</context>
<context>
    <name>queue</name>
    <message>
        <source> / </source>
        <translation> / </translation>
    </message>
    <message>
        <source> 有单位超时</source>
        <translation>, a unit is late</translation>
    </message>
    <message>
        <source>{actions}未放开：{reason}</source>
        <translation>{actions} not open: {reason}</translation>
    </message>
    <message>
        <source>{facet}：不含 {what}</source>
        <translation>{facet}: without {what}</translation>
    </message>
    <message>
        <source>{n} 个</source>
        <translation>{n}</translation>
    </message>
    <message>
        <source>{n} 席</source>
        <translation>seats: {n}</translation>
    </message>
    <message>
        <source>{seats} 席也在看</source>
        <translation>also open at seat {seats}</translation>
    </message>
    <message>
        <source>{time} 锁定</source>
        <translation>Locked {time}</translation>
    </message>
    <message>
        <source>{unit} 已回退，不再建议。</source>
        <translation>{unit} gave it back and is not proposed again.</translation>
    </message>
    <message>
        <source>{verb} 待发</source>
        <translation>{verb} queued</translation>
    </message>
    <message>
        <source>{verb}中…</source>
        <translation>{verb} …</translation>
    </message>
    <message>
        <source>、</source>
        <translation>, </translation>
    </message>
    <message>
        <source>。</source>
        <translation>. </translation>
    </message>
    <message>
        <source>上下移动</source>
        <translation>Move up, down</translation>
    </message>
    <message>
        <source>下一步</source>
        <translation>Next</translation>
    </message>
    <message>
        <source>不同意</source>
        <translation>Reject</translation>
    </message>
    <message>
        <source>不含 {what}</source>
        <translation>without {what}</translation>
    </message>
    <message>
        <source>不属受理范围</source>
        <translation>Not ours to handle</translation>
    </message>
    <message>
        <source>不属实</source>
        <translation>Not found</translation>
    </message>
    <message>
        <source>不满意</source>
        <translation>Dissatisfied</translation>
    </message>
    <message>
        <source>主单号，空为脱离主单</source>
        <translation>Parent ticket, empty to leave it</translation>
    </message>
    <message>
        <source>事项</source>
        <translation>Matter</translation>
    </message>
    <message>
        <source>代谁办什么</source>
        <translation>Which unit did what</translation>
    </message>
    <message>
        <source>以上超期 {n} 件</source>
        <translation>{n} overdue above</translation>
    </message>
    <message>
        <source>以上超期 {n} 件，Home 看最久的</source>
        <translation>{n} overdue above, Home: longest</translation>
    </message>
    <message>
        <source>以上超期 {n} 件，以下最先到期</source>
        <translation>{n} overdue above, first due below</translation>
    </message>
    <message>
        <source>全部</source>
        <translation>all</translation>
    </message>
    <message>
        <source>全部记录</source>
        <translation>Whole record</translation>
    </message>
    <message>
        <source>其他操作</source>
        <translation>Other actions</translation>
    </message>
    <message>
        <source>办什么</source>
        <translation>Action</translation>
    </message>
    <message>
        <source>办结层级</source>
        <translation>Handled at level</translation>
    </message>
    <message>
        <source>办结层级（反馈时）</source>
        <translation>Resolved at level (for a result)</translation>
    </message>
    <message>
        <source>协办</source>
        <translation>Joint</translation>
    </message>
    <message>
        <source>协办 {n}/{total}</source>
        <translation>Co-units {n}/{total}</translation>
    </message>
    <message>
        <source>协办单位</source>
        <translation>Co-units</translation>
    </message>
    <message>
        <source>协办未结的原因</source>
        <translation>Why co-units are open</translation>
    </message>
    <message>
        <source>单上写明 {unit}。</source>
        <translation>The ticket names {unit}.</translation>
    </message>
    <message>
        <source>单位</source>
        <translation>Unit</translation>
    </message>
    <message>
        <source>单号</source>
        <translation>Number</translation>
    </message>
    <message>
        <source>原因</source>
        <translation>Reason</translation>
    </message>
    <message>
        <source>原因类别</source>
        <translation>Kind of reason</translation>
    </message>
    <message>
        <source>只可挂账一次，到期自动恢复。</source>
        <translation>Suspended once only; resumes by itself.</translation>
    </message>
    <message>
        <source>同意</source>
        <translation>Grant</translation>
    </message>
    <message>
        <source>命令</source>
        <translation>Command</translation>
    </message>
    <message>
        <source>回退计入次数，第 3 次成为问题工单。</source>
        <translation>Returns count: the 3rd makes a problem ticket.</translation>
    </message>
    <message>
        <source>在工单窗口打开</source>
        <translation>Open in its own window</translation>
    </message>
    <message>
        <source>基本满意</source>
        <translation>Fairly satisfied</translation>
    </message>
    <message>
        <source>备注</source>
        <translation>Note</translation>
    </message>
    <message>
        <source>复核</source>
        <translation>Review</translation>
    </message>
    <message>
        <source>导出列表</source>
        <translation>Export the list</translation>
    </message>
    <message>
        <source>属实</source>
        <translation>Exists</translation>
    </message>
    <message>
        <source>已解决</source>
        <translation>Solved</translation>
    </message>
    <message>
        <source>并入单号</source>
        <translation>Merge into number</translation>
    </message>
    <message>
        <source>延长多少，请填数字</source>
        <translation>Extend by how much? A number, please</translation>
    </message>
    <message>
        <source>延长（与原时限同单位）</source>
        <translation>Extend by (unit of the limit)</translation>
    </message>
    <message>
        <source>建议 {unit}：职责含“{item}”。</source>
        <translation>Proposed: {unit}, whose competences include &quot;{item}&quot;.</translation>
    </message>
    <message>
        <source>建议 {unit}：职责含“{item}”的 {n} 个单位中最近的一个，排在最前。</source>
        <translation>Proposed: {unit}, the nearest with &quot;{item}&quot; among its competences; {n} in all, standing first.</translation>
    </message>
    <message>
        <source>打印列表</source>
        <translation>Print the list</translation>
    </message>
    <message>
        <source>打开视图</source>
        <translation>Open a view</translation>
    </message>
    <message>
        <source>批量办理</source>
        <translation>Act on many</translation>
    </message>
    <message>
        <source>挂账到</source>
        <translation>Suspend until</translation>
    </message>
    <message>
        <source>接通</source>
        <translation>Reached</translation>
    </message>
    <message>
        <source>接通的回访要填问题解决和满意度</source>
        <translation>A caller who was reached was asked two things: fill in solved and satisfaction</translation>
    </message>
    <message>
        <source>提为</source>
        <translation>Raise to</translation>
    </message>
    <message>
        <source>撤回派遣</source>
        <translation>Undo dispatch</translation>
    </message>
    <message>
        <source>改到</source>
        <translation>Move to</translation>
    </message>
    <message>
        <source>改派给</source>
        <translation>Redirect to</translation>
    </message>
    <message>
        <source>无</source>
        <translation>None</translation>
    </message>
    <message>
        <source>无法判断</source>
        <translation>Cannot tell</translation>
    </message>
    <message>
        <source>日期须为 年-月-日</source>
        <translation>A date is year-month-day</translation>
    </message>
    <message>
        <source>时限</source>
        <translation>Limit</translation>
    </message>
    <message>
        <source>更多 {n}</source>
        <translation>More: {n}</translation>
    </message>
    <message>
        <source>更新</source>
        <translation>Changed</translation>
    </message>
    <message>
        <source>最近一件 {time} 办结，有新工单时自动出现</source>
        <translation>The last one was closed at {time}; new tickets appear by themselves</translation>
    </message>
    <message>
        <source>有新工单时自动出现</source>
        <translation>New tickets appear by themselves</translation>
    </message>
    <message>
        <source>服务器未回应，重试中</source>
        <translation>No answer from the server, trying again</translation>
    </message>
    <message>
        <source>未执行：{reason}</source>
        <translation>Not done: {reason}</translation>
    </message>
    <message>
        <source>未接通</source>
        <translation>Not reached</translation>
    </message>
    <message>
        <source>未解决</source>
        <translation>Not solved</translation>
    </message>
    <message>
        <source>未评价</source>
        <translation>No opinion</translation>
    </message>
    <message>
        <source>未说明</source>
        <translation>Not stated</translation>
    </message>
    <message>
        <source>未通过，返工</source>
        <translation>Fail, rework</translation>
    </message>
    <message>
        <source>来源</source>
        <translation>Source</translation>
    </message>
    <message>
        <source>来自 {origin}</source>
        <translation>From {origin}</translation>
    </message>
    <message>
        <source>核实结果</source>
        <translation>Result</translation>
    </message>
    <message>
        <source>核查结果</source>
        <translation>Result</translation>
    </message>
    <message>
        <source>没有超期，以下最先到期</source>
        <translation>None overdue, first due below</translation>
    </message>
    <message>
        <source>清单中没有对应事项</source>
        <translation>No item of the list fits</translation>
    </message>
    <message>
        <source>满意</source>
        <translation>Satisfied</translation>
    </message>
    <message>
        <source>满意度（接通时）</source>
        <translation>Satisfaction (if reached)</translation>
    </message>
    <message>
        <source>牵头单位</source>
        <translation>Lead unit</translation>
    </message>
    <message>
        <source>特急</source>
        <translation>Top</translation>
    </message>
    <message>
        <source>现在</source>
        <translation>Now</translation>
    </message>
    <message>
        <source>现在 {time}</source>
        <translation>Now {time}</translation>
    </message>
    <message>
        <source>督办类别</source>
        <translation>Kind of supervision</translation>
    </message>
    <message>
        <source>立即发出，10 秒内且对方未签收可撤回。</source>
        <translation>Sent at once; undo within 10 s while not signed.</translation>
    </message>
    <message>
        <source>筛选</source>
        <translation>Filters</translation>
    </message>
    <message>
        <source>类别</source>
        <translation>Type</translation>
    </message>
    <message>
        <source>紧急</source>
        <translation>High</translation>
    </message>
    <message>
        <source>紧急程度</source>
        <translation>Urgency</translation>
    </message>
    <message>
        <source>结案</source>
        <translation>close</translation>
    </message>
    <message>
        <source>结案后须重开才能再改。</source>
        <translation>After closing, changes need a reopening.</translation>
    </message>
    <message>
        <source>结案意见</source>
        <translation>Closing remark</translation>
    </message>
    <message>
        <source>结案，未说明调解结果</source>
        <translation>close, mediation not stated</translation>
    </message>
    <message>
        <source>结案，调解成功</source>
        <translation>close, settled by mediation</translation>
    </message>
    <message>
        <source>结案，调解未成</source>
        <translation>close, not settled by mediation</translation>
    </message>
    <message>
        <source>网格</source>
        <translation>Grid</translation>
    </message>
    <message>
        <source>职责含“{item}”的是 {unit}，排在其后。</source>
        <translation>Competent for “{item}” is {unit}, next in the list.</translation>
    </message>
    <message>
        <source>街道：{what} ⌄</source>
        <translation>Town: {what} ⌄</translation>
    </message>
    <message>
        <source>视图</source>
        <translation>Views</translation>
    </message>
    <message>
        <source>评定</source>
        <translation>Judgement</translation>
    </message>
    <message>
        <source>说不清</source>
        <translation>Cannot say</translation>
    </message>
    <message>
        <source>说明</source>
        <translation>Note</translation>
    </message>
    <message>
        <source>请选择代哪个单位办什么</source>
        <translation>choose which unit did what</translation>
    </message>
    <message>
        <source>谁在电话里怎么说</source>
        <translation>Who said what on the phone</translation>
    </message>
    <message>
        <source>调解成功</source>
        <translation>Settled</translation>
    </message>
    <message>
        <source>调解未成</source>
        <translation>Not settled</translation>
    </message>
    <message>
        <source>调解结果</source>
        <translation>Mediation outcome</translation>
    </message>
    <message>
        <source>责任单位</source>
        <translation>Unit</translation>
    </message>
    <message>
        <source>超期</source>
        <translation>Overdue</translation>
    </message>
    <message>
        <source>超期最久的</source>
        <translation>Longest overdue</translation>
    </message>
    <message>
        <source>转往</source>
        <translation>Refer to</translation>
    </message>
    <message>
        <source>载入新到</source>
        <translation>Load new</translation>
    </message>
    <message>
        <source>过简闭环</source>
        <translation>Too thin</translation>
    </message>
    <message>
        <source>连续选中</source>
        <translation>Mark a range</translation>
    </message>
    <message>
        <source>退回</source>
        <translation>Return</translation>
    </message>
    <message>
        <source>退回理由</source>
        <translation>Why rejected</translation>
    </message>
    <message>
        <source>选中，批量办理</source>
        <translation>Mark, to act on many</translation>
    </message>
    <message>
        <source>通过</source>
        <translation>Pass</translation>
    </message>
    <message>
        <source>重要事项</source>
        <translation>Important matter</translation>
    </message>
    <message>
        <source>错误办理</source>
        <translation>Wrongly handled</translation>
    </message>
    <message>
        <source>问题解决（接通时）</source>
        <translation>Solved (if reached)</translation>
    </message>
    <message>
        <source>阶段</source>
        <translation>Stage</translation>
    </message>
    <message>
        <source>阶段性闭环</source>
        <translation>Only partly done</translation>
    </message>
    <message>
        <source>阶段时限</source>
        <translation>Stage limit</translation>
    </message>
    <message>
        <source>阶段：{what} ⌄</source>
        <translation>Stage: {what} ⌄</translation>
    </message>
    <message>
        <source>非常满意</source>
        <translation>Very satisfied</translation>
    </message>
    <message>
        <source>领导交办</source>
        <translation>Leader&apos;s order</translation>
    </message>
    <message>
        <source>，</source>
        <translation>, </translation>
    </message>
    <message>
        <source>，此后又超期 {n} 件，N 更新</source>
        <translation>, {n} more since, N updates</translation>
    </message>
</context>
<context>
    <name>refusals</name>
    <message>
        <source>{role}无此权限</source>
        <translation>not a right of {role}</translation>
    </message>
    <message>
        <source>{who}已先改动</source>
        <translation>{who} was quicker</translation>
    </message>
    <message>
        <source>不在本席范围内</source>
        <translation>outside this seat&apos;s area</translation>
    </message>
    <message>
        <source>不能并入自身</source>
        <translation>cannot merge into itself</translation>
    </message>
    <message>
        <source>主单已{state}</source>
        <translation>main ticket is {state}</translation>
    </message>
    <message>
        <source>主单本身是子单</source>
        <translation>main ticket is itself a sub-ticket</translation>
    </message>
    <message>
        <source>事项无时限</source>
        <translation>matter has no limit</translation>
    </message>
    <message>
        <source>他人已先改动</source>
        <translation>changed by someone else first</translation>
    </message>
    <message>
        <source>位置没有变化</source>
        <translation>same place</translation>
    </message>
    <message>
        <source>内容太长</source>
        <translation>too long</translation>
    </message>
    <message>
        <source>到期日须在今天之后</source>
        <translation>must end after today</translation>
    </message>
    <message>
        <source>前一条命令已放弃</source>
        <translation>the command before it was given up</translation>
    </message>
    <message>
        <source>前一条命令未成</source>
        <translation>the command before failed</translation>
    </message>
    <message>
        <source>单位此时没有可代办的事</source>
        <translation>no unit has anything to record now</translation>
    </message>
    <message>
        <source>另有申请待批</source>
        <translation>another request is waiting</translation>
    </message>
    <message>
        <source>只有带导入权的来源可用</source>
        <translation>only for sources with import right</translation>
    </message>
    <message>
        <source>只有承办单位可办</source>
        <translation>only for the handling unit</translation>
    </message>
    <message>
        <source>只能向上一级吹哨</source>
        <translation>whistle only one level up</translation>
    </message>
    <message>
        <source>同一人不得复核两次</source>
        <translation>nobody reviews twice</translation>
    </message>
    <message>
        <source>同一原因已在督办</source>
        <translation>already supervised for this reason</translation>
    </message>
    <message>
        <source>命令没有说明依据哪一版工单</source>
        <translation>the command names no version</translation>
    </message>
    <message>
        <source>命令编号重复，未执行</source>
        <translation>command id used twice, not done</translation>
    </message>
    <message>
        <source>回访已完成</source>
        <translation>call-back already done</translation>
    </message>
    <message>
        <source>回访未表示不满意</source>
        <translation>call-back was not dissatisfied</translation>
    </message>
    <message>
        <source>回访重开只有一次</source>
        <translation>call-back reopens once only</translation>
    </message>
    <message>
        <source>坐标不对</source>
        <translation>wrong coordinates</translation>
    </message>
    <message>
        <source>尚未反馈</source>
        <translation>not reported yet</translation>
    </message>
    <message>
        <source>尚未登录</source>
        <translation>not signed in</translation>
    </message>
    <message>
        <source>巡办分离，发现人不得核查</source>
        <translation>the finder may not check the work</translation>
    </message>
    <message>
        <source>工单已不在本席范围内</source>
        <translation>the ticket is no longer in your area</translation>
    </message>
    <message>
        <source>工单已移出本席范围</source>
        <translation>the ticket left your area</translation>
    </message>
    <message>
        <source>已反馈</source>
        <translation>already reported</translation>
    </message>
    <message>
        <source>已延期 {granted} 次</source>
        <translation>delays granted: {granted}</translation>
    </message>
    <message>
        <source>已报到</source>
        <translation>already checked in</translation>
    </message>
    <message>
        <source>已挂账一次</source>
        <translation>suspended once already</translation>
    </message>
    <message>
        <source>已是最高层级</source>
        <translation>already at the top level</translation>
    </message>
    <message>
        <source>已有 {count} 件并入本单</source>
        <translation>others merged into it: {count}</translation>
    </message>
    <message>
        <source>已由该单位承办</source>
        <translation>already with this unit</translation>
    </message>
    <message>
        <source>已申诉过</source>
        <translation>appealed already</translation>
    </message>
    <message>
        <source>已经上报过</source>
        <translation>already reported</translation>
    </message>
    <message>
        <source>已超期</source>
        <translation>already overdue</translation>
    </message>
    <message>
        <source>待发过久，须重新确认</source>
        <translation>queued too long, confirm again</translation>
    </message>
    <message>
        <source>承办单位已签收</source>
        <translation>already signed by the unit</translation>
    </message>
    <message>
        <source>挂账不得超过一年</source>
        <translation>at most one year</translation>
    </message>
    <message>
        <source>文件已不在本席范围内</source>
        <translation>the document is no longer in your area</translation>
    </message>
    <message>
        <source>时间不对</source>
        <translation>wrong time</translation>
    </message>
    <message>
        <source>时间在将来</source>
        <translation>the time is in the future</translation>
    </message>
    <message>
        <source>时间早于最近一次变化</source>
        <translation>the time is before the last change</translation>
    </message>
    <message>
        <source>时限类型不同，不能相加</source>
        <translation>other kind of limit, cannot be added</translation>
    </message>
    <message>
        <source>服务器存储已满</source>
        <translation>server storage full</translation>
    </message>
    <message>
        <source>服务器忙</source>
        <translation>server busy</translation>
    </message>
    <message>
        <source>服务器执行时出错，未执行，请报告管理员</source>
        <translation>an error of the server, not carried out: tell the administrator</translation>
    </message>
    <message>
        <source>服务器暂不可用</source>
        <translation>server unavailable</translation>
    </message>
    <message>
        <source>服务器未回应</source>
        <translation>no answer from the server</translation>
    </message>
    <message>
        <source>服务器没有给出内容</source>
        <translation>the server sent nothing</translation>
    </message>
    <message>
        <source>服务器没有这类文件</source>
        <translation>the server has no such kind of document</translation>
    </message>
    <message>
        <source>服务器的回答读不了</source>
        <translation>the server&apos;s answer cannot be read</translation>
    </message>
    <message>
        <source>服务器读不懂这条命令</source>
        <translation>the server cannot read this command</translation>
    </message>
    <message>
        <source>未到挂账期满</source>
        <translation>suspension not over yet</translation>
    </message>
    <message>
        <source>未接通联动服务</source>
        <translation>server not reached</translation>
    </message>
    <message>
        <source>未接通，没有评价</source>
        <translation>not reached, no opinion</translation>
    </message>
    <message>
        <source>未超期</source>
        <translation>not overdue</translation>
    </message>
    <message>
        <source>未超期，无须申诉</source>
        <translation>not late, nothing to appeal</translation>
    </message>
    <message>
        <source>未选单位</source>
        <translation>no unit chosen</translation>
    </message>
    <message>
        <source>本机另有一个程序在用缓存，此处只读</source>
        <translation>another program here uses the store, read only</translation>
    </message>
    <message>
        <source>核实结果为不属实，请不予受理或再核实</source>
        <translation>verified as not found: refuse it or verify again</translation>
    </message>
    <message>
        <source>没有主单</source>
        <translation>no main ticket</translation>
    </message>
    <message>
        <source>没有工单 {ticket}</source>
        <translation>no ticket {ticket}</translation>
    </message>
    <message>
        <source>没有待批申请</source>
        <translation>no request waiting</translation>
    </message>
    <message>
        <source>没有指明文件</source>
        <translation>no document is named</translation>
    </message>
    <message>
        <source>没有申诉</source>
        <translation>no appeal</translation>
    </message>
    <message>
        <source>没有督办</source>
        <translation>not supervised</translation>
    </message>
    <message>
        <source>没有补录过去时间的权限</source>
        <translation>no right to state past times</translation>
    </message>
    <message>
        <source>没有这个区域 {area}</source>
        <translation>no such area {area}</translation>
    </message>
    <message>
        <source>没有这个单位 {unit}</source>
        <translation>no such unit {unit}</translation>
    </message>
    <message>
        <source>没有这张工单</source>
        <translation>no such ticket</translation>
    </message>
    <message>
        <source>清单中没有该事项</source>
        <translation>not a matter of the list</translation>
    </message>
    <message>
        <source>牵头单位随整单反馈</source>
        <translation>the lead reports for the whole ticket</translation>
    </message>
    <message>
        <source>现为{state}</source>
        <translation>now {state}</translation>
    </message>
    <message>
        <source>申诉单位须回避</source>
        <translation>not by the appealing unit</translation>
    </message>
    <message>
        <source>申诉已有结论</source>
        <translation>appeal already decided</translation>
    </message>
    <message>
        <source>结果不明，须人工确认</source>
        <translation>outcome unknown, please check</translation>
    </message>
    <message>
        <source>缺少来源编号</source>
        <translation>the source&apos;s number is missing</translation>
    </message>
    <message>
        <source>联动服务断开</source>
        <translation>Server offline</translation>
    </message>
    <message>
        <source>联动服务断开，此操作须联机</source>
        <translation>server offline, this needs the line</translation>
    </message>
    <message>
        <source>该事项不是纠纷，不填调解结果</source>
        <translation>This matter is no dispute: leave the mediation outcome empty</translation>
    </message>
    <message>
        <source>该事项须先核查</source>
        <translation>this matter needs a check first</translation>
    </message>
    <message>
        <source>该单位已参与</source>
        <translation>unit already takes part</translation>
    </message>
    <message>
        <source>该单位未参与</source>
        <translation>unit takes no part</translation>
    </message>
    <message>
        <source>超过 10 秒，不能撤回</source>
        <translation>more than 10 s ago, no undo</translation>
    </message>
    <message>
        <source>超过 {seconds} 秒，不能撤回</source>
        <translation>more than {seconds} s ago, no undo</translation>
    </message>
    <message>
        <source>超过原时限 {limit}</source>
        <translation>more than the limit of {limit}</translation>
    </message>
    <message>
        <source>超过有效期，未执行</source>
        <translation>expired, not done</translation>
    </message>
    <message>
        <source>还有 {count} 件子单未结</source>
        <translation>sub-tickets open: {count}</translation>
    </message>
    <message>
        <source>还有协办单位未结，须写明原因</source>
        <translation>co-units still open, a reason is needed</translation>
    </message>
    <message>
        <source>这条命令已处理过</source>
        <translation>this command is settled already</translation>
    </message>
    <message>
        <source>问题工单，只有值班长可派遣</source>
        <translation>problem ticket, only the shift leader dispatches</translation>
    </message>
    <message>
        <source>附件还没有传到服务器</source>
        <translation>the file has not reached the server</translation>
    </message>
    <message>
        <source>须主管部门先同意</source>
        <translation>the department must agree first</translation>
    </message>
    <message>
        <source>须先报到</source>
        <translation>check in first</translation>
    </message>
    <message>
        <source>须先签收</source>
        <translation>sign first</translation>
    </message>
    <message>
        <source>须填写原因</source>
        <translation>a reason is needed</translation>
    </message>
    <message>
        <source>须选择满意度</source>
        <translation>choose an opinion</translation>
    </message>
    <message>
        <source>须高于现有级别</source>
        <translation>must be higher than now</translation>
    </message>
    <message>
        <source>首接负责，不得回退</source>
        <translation>first receiver keeps it, no return</translation>
    </message>
</context>
<context>
    <name>report</name>
    <message>
        <source>1 天内</source>
        <translation>Up to 1 day</translation>
    </message>
    <message>
        <source>1–3 天</source>
        <translation>1–3 days</translation>
    </message>
    <message>
        <source>30 天以上</source>
        <translation>Over 30 days</translation>
    </message>
    <message>
        <source>3–7 天</source>
        <translation>3–7 days</translation>
    </message>
    <message>
        <source>7–30 天</source>
        <translation>7–30 days</translation>
    </message>
    <message>
        <source>{days} 天 {hours} 小时</source>
        <translation>{days} d {hours} h</translation>
    </message>
    <message>
        <source>{first}至{last}</source>
        <translation>{first} to {last}</translation>
    </message>
    <message>
        <source>{hours} 小时 {minutes} 分</source>
        <translation>{hours} h {minutes} min</translation>
    </message>
    <message>
        <source>{kpi} = {formula}。</source>
        <translation>{kpi} = {formula}.</translation>
    </message>
    <message>
        <source>{kpi} {value}（{n} / {total}，{excluded}），{met}。</source>
        <translation>{kpi} {value} ({n} / {total}, {excluded}), {met}.</translation>
    </message>
    <message>
        <source>{minutes} 分</source>
        <translation>{minutes} min</translation>
    </message>
    <message>
        <source>{month}月{day}日</source>
        <translation>{month}-{day}</translation>
    </message>
    <message>
        <source>{site}{kind}</source>
        <translation>{site}, {kind}</translation>
    </message>
    <message>
        <source>{text}（{more}）</source>
        <translation>{text} ({more})</translation>
    </message>
    <message>
        <source>{unit}成绩单</source>
        <translation>Score sheet of {unit}</translation>
    </message>
    <message>
        <source>{year}年{month}月{day}日</source>
        <translation>{year}-{month}-{day}</translation>
    </message>
    <message>
        <source>“–”表示分母为 0。占比、比率按精确分数四舍五入到两位小数。</source>
        <translation>“–” means N = 0. Shares and rates are rounded half up from the exact fraction to two places.</translation>
    </message>
    <message>
        <source>、</source>
        <translation>, </translation>
    </message>
    <message>
        <source>一、 二、 三、 四、 五、 六、 七、 八、 九、 十、</source>
        <translation>1. 2. 3. 4. 5. 6. 7. 8. 9. 10.</translation>
    </message>
    <message>
        <source>上期</source>
        <translation>Before</translation>
    </message>
    <message>
        <source>与上期持平</source>
        <translation>as in the period before</translation>
    </message>
    <message>
        <source>专项报告</source>
        <translation>Campaign report</translation>
    </message>
    <message>
        <source>交接班报告</source>
        <translation>Handover report</translation>
    </message>
    <message>
        <source>低于目标 {target}，差 {gap} 个百分点</source>
        <translation>below the target {target} by {gap} points</translation>
    </message>
    <message>
        <source>分子</source>
        <translation>n</translation>
    </message>
    <message>
        <source>分母</source>
        <translation>N</translation>
    </message>
    <message>
        <source>剔除</source>
        <translation>Excluded</translation>
    </message>
    <message>
        <source>办结</source>
        <translation>Closed</translation>
    </message>
    <message>
        <source>单位</source>
        <translation>Unit</translation>
    </message>
    <message>
        <source>单位成绩单</source>
        <translation>Unit score sheet</translation>
    </message>
    <message>
        <source>单位排名</source>
        <translation>Ranking of units</translation>
    </message>
    <message>
        <source>占比</source>
        <translation>Share</translation>
    </message>
    <message>
        <source>受理</source>
        <translation>Accepted</translation>
    </message>
    <message>
        <source>受理件数</source>
        <translation>Accepted</translation>
    </message>
    <message>
        <source>受理最多的小类</source>
        <translation>Most accepted sub-classes</translation>
    </message>
    <message>
        <source>各级办结</source>
        <translation>Closed by level</translation>
    </message>
    <message>
        <source>名次</source>
        <translation>Rank</translation>
    </message>
    <message>
        <source>周报</source>
        <translation>weekly report</translation>
    </message>
    <message>
        <source>在全部单位中</source>
        <translation>Among all units</translation>
    </message>
    <message>
        <source>在办</source>
        <translation>Open</translation>
    </message>
    <message>
        <source>在办龄期</source>
        <translation>Age of open tickets</translation>
    </message>
    <message>
        <source>处置单位</source>
        <translation>Units</translation>
    </message>
    <message>
        <source>小类</source>
        <translation>Sub-class</translation>
    </message>
    <message>
        <source>层级</source>
        <translation>Level</translation>
    </message>
    <message>
        <source>应结案</source>
        <translation>Due to close</translation>
    </message>
    <message>
        <source>应结案 = 期间内到期的工单，按业务时限判定；无时限的不计入，挂账、作废、并案、职责外按表中所列剔除。</source>
        <translation>Due to close = tickets whose business limit ends in the period; those without a limit do not count; suspended, void, merged and out of remit are excluded as listed.</translation>
    </message>
    <message>
        <source>当时所示（回看）</source>
        <translation>as shown then (looked back)</translation>
    </message>
    <message>
        <source>截至 {at} 在办 {total} 件：正常 {ok}、临期 {at_risk}、超期 {overdue}、暂停 {paused}、无时限 {no_limit}；另有待受理 {waiting} 件。</source>
        <translation>Open as of {at}: {total}: on track {ok}, at risk {at_risk}, overdue {overdue}, paused {paused}, no limit {no_limit}; not yet accepted {waiting}.</translation>
    </message>
    <message>
        <source>报告</source>
        <translation>Report</translation>
    </message>
    <message>
        <source>指标</source>
        <translation>KPI</translation>
    </message>
    <message>
        <source>指标一览</source>
        <translation>All KPI</translation>
    </message>
    <message>
        <source>按{what}</source>
        <translation>By {what}</translation>
    </message>
    <message>
        <source>按出具时所知</source>
        <translation>as known when it was made</translation>
    </message>
    <message>
        <source>按期</source>
        <translation>On time</translation>
    </message>
    <message>
        <source>按期结案率</source>
        <translation>On-time rate</translation>
    </message>
    <message>
        <source>按期结案率名次 {place}，共 {of} 个单位参加排名（95% 置信区间）。</source>
        <translation>Rank {place} by on-time rate among {of} units (95 % interval).</translation>
    </message>
    <message>
        <source>数字截至 {at}（{zone}），来自事件日志第 {seq} 号及以前；同一份数据可重新出具，文字与数字不变。</source>
        <translation>Figures as of {at} ({zone}), from event {seq} of the log and before; made anew from the same data, text and figures are the same.</translation>
    </message>
    <message>
        <source>数据截至</source>
        <translation>Data as of</translation>
    </message>
    <message>
        <source>数据来源</source>
        <translation>Source of data</translation>
    </message>
    <message>
        <source>无</source>
        <translation>none</translation>
    </message>
    <message>
        <source>日志序号</source>
        <translation>Event of the log</translation>
    </message>
    <message>
        <source>日报</source>
        <translation>daily report</translation>
    </message>
    <message>
        <source>日期</source>
        <translation>Day</translation>
    </message>
    <message>
        <source>月报</source>
        <translation>monthly report</translation>
    </message>
    <message>
        <source>期间</source>
        <translation>Period</translation>
    </message>
    <message>
        <source>未定</source>
        <translation>not set</translation>
    </message>
    <message>
        <source>本期</source>
        <translation>This period</translation>
    </message>
    <message>
        <source>本期受理 {accepted} 件，{than}；结案 {closed} 件，{closed_than}，其中当日结 {same} 件；重开 {reopened} 件，不予受理、作废、并案等 {ended} 件。</source>
        <translation>Accepted {accepted}, {than}; closed {closed}, {closed_than}, of them on the same day {same}; reopened {reopened}; refused, void, merged and the like {ended}.</translation>
    </message>
    <message>
        <source>本期应结案 {n} 件，不足 30 件，不排名。</source>
        <translation>{n} due to close in this period, fewer than 30: not ranked.</translation>
    </message>
    <message>
        <source>本期没有。</source>
        <translation>None in this period.</translation>
    </message>
    <message>
        <source>本期没有到期的工单，不排名。</source>
        <translation>Nothing was due in this period: not ranked.</translation>
    </message>
    <message>
        <source>本期没有受理、结案或到期的工单，下列各表为空。</source>
        <translation>Nothing was accepted, closed or due in this period; the tables below are empty.</translation>
    </message>
    <message>
        <source>本期没有可画的数。</source>
        <translation>There is nothing to draw in this period.</translation>
    </message>
    <message>
        <source>来源</source>
        <translation>Source</translation>
    </message>
    <message>
        <source>来源与在办龄期</source>
        <translation>Sources and age of open tickets</translation>
    </message>
    <message>
        <source>每日受理与结案</source>
        <translation>Accepted and closed per day</translation>
    </message>
    <message>
        <source>比上期减 {n} 件</source>
        <translation>{n} fewer than in the period before</translation>
    </message>
    <message>
        <source>比上期增 {n} 件</source>
        <translation>{n} more than in the period before</translation>
    </message>
    <message>
        <source>演示数据：{source}；环节与地点为模拟</source>
        <translation>Demonstration data: {source}; stages and places are simulated</translation>
    </message>
    <message>
        <source>目标</source>
        <translation>Target</translation>
    </message>
    <message>
        <source>第 {n} 页/共 {of} 页</source>
        <translation>Page {n} of {of}</translation>
    </message>
    <message>
        <source>类别</source>
        <translation>Class</translation>
    </message>
    <message>
        <source>结案</source>
        <translation>Closed</translation>
    </message>
    <message>
        <source>范围</source>
        <translation>Scope</translation>
    </message>
    <message>
        <source>街道</source>
        <translation>Town</translation>
    </message>
    <message>
        <source>超期未结以{area}最多，{n} 件；最早的一件已超期 {age}。</source>
        <translation>Most overdue in {area}: {n}; the oldest by {age}.</translation>
    </message>
    <message>
        <source>达到目标 {target}</source>
        <translation>the target {target} is met</translation>
    </message>
    <message>
        <source>逐小类的计数只保留 36 天，此期间已无。</source>
        <translation>Counts by sub-class are kept for 36 days only.</translation>
    </message>
    <message>
        <source>逐日</source>
        <translation>Day by day</translation>
    </message>
    <message>
        <source>高频问题</source>
        <translation>Frequent matters</translation>
    </message>
    <message>
        <source>龄期</source>
        <translation>Age</translation>
    </message>
    <message>
        <source>（本单位）</source>
        <translation> (this unit)</translation>
    </message>
</context>
<context>
    <name>roster</name>
    <message>
        <source>{day} 的这个班已经开始</source>
        <translation>that shift of {day} has begun</translation>
    </message>
    <message>
        <source>{day}&#x3000;{name} {start}–{end}</source>
        <translation>{day}&#x3000;{name} {start}–{end}</translation>
    </message>
    <message>
        <source>{team}会连上两个班，没有休息</source>
        <translation>{team} would have two shifts without rest</translation>
    </message>
    <message>
        <source>、</source>
        <translation>, </translation>
    </message>
    <message>
        <source>两个班都是{team}</source>
        <translation>both shifts are {team}</translation>
    </message>
    <message>
        <source>其中一班已有换班申请待批</source>
        <translation>a swap of one of them waits already</translation>
    </message>
    <message>
        <source>原因</source>
        <translation>Reason</translation>
    </message>
    <message>
        <source>各班须从整刻开始、首尾相接排满一天</source>
        <translation>shifts must begin on a quarter of an hour and cover the day</translation>
    </message>
    <message>
        <source>周期第 {day} 天的班组数与班次数不同</source>
        <translation>day {day} of the cycle has another number of teams than of shifts</translation>
    </message>
    <message>
        <source>周期首日</source>
        <translation>First day of the cycle</translation>
    </message>
    <message>
        <source>周期，每行一天，按班次顺序写班组</source>
        <translation>Cycle, a day per line, teams in the order of the shifts</translation>
    </message>
    <message>
        <source>哪一班</source>
        <translation>Which shift</translation>
    </message>
    <message>
        <source>太多或没有写，最多 {most}</source>
        <translation>too many or none, at most {most}</translation>
    </message>
    <message>
        <source>太长，最多 {most} 字</source>
        <translation>too long, at most {most} characters</translation>
    </message>
    <message>
        <source>已批准</source>
        <translation>Approved</translation>
    </message>
    <message>
        <source>已有排班</source>
        <translation>there is a roster already</translation>
    </message>
    <message>
        <source>席位 {line} 写作：席位号 空格 角色（{known}）</source>
        <translation>Seat {line}: write number, space, role ({known})</translation>
    </message>
    <message>
        <source>席位 {seat} 重复或写错</source>
        <translation>Seat {seat} stands twice or is wrong</translation>
    </message>
    <message>
        <source>席位，每行一个：1 值班长</source>
        <translation>Seats, one per line: 1 Shift leader</translation>
    </message>
    <message>
        <source>待批</source>
        <translation>Waiting</translation>
    </message>
    <message>
        <source>换哪一班</source>
        <translation>For which shift</translation>
    </message>
    <message>
        <source>未批准</source>
        <translation>Refused</translation>
    </message>
    <message>
        <source>没有这个班，或还没有排到</source>
        <translation>there is no such shift, or it has no team yet</translation>
    </message>
    <message>
        <source>没有这个申请</source>
        <translation>there is no such request</translation>
    </message>
    <message>
        <source>班次，每行一个：白班 08:00-20:00</source>
        <translation>Shifts, one per line: Day 08:00-20:00</translation>
    </message>
    <message>
        <source>班组</source>
        <translation>Teams</translation>
    </message>
    <message>
        <source>班组写错：{team}</source>
        <translation>not a team: {team}</translation>
    </message>
    <message>
        <source>申请人不能自己批准</source>
        <translation>who asked cannot approve</translation>
    </message>
    <message>
        <source>申请已答复</source>
        <translation>it was answered already</translation>
    </message>
    <message>
        <source>离线，联机后再办</source>
        <translation>offline, do it when the line is back</translation>
    </message>
    <message>
        <source>第 {n} 行写作：白班 08:00-20:00</source>
        <translation>write line {n} as: Day 08:00-20:00</translation>
    </message>
    <message>
        <source>请写明原因</source>
        <translation>say why</translation>
    </message>
</context>
<context>
    <name>row</name>
    <message>
        <source>一般</source>
        <translation>Normal</translation>
    </message>
    <message>
        <source>不受</source>
        <translation>Refused</translation>
    </message>
    <message>
        <source>作废</source>
        <translation>Void</translation>
    </message>
    <message>
        <source>受理</source>
        <translation>Accept</translation>
    </message>
    <message>
        <source>受理员</source>
        <translation>Registrar</translation>
    </message>
    <message>
        <source>处理</source>
        <translation>Handle</translation>
    </message>
    <message>
        <source>已结</source>
        <translation>Closed</translation>
    </message>
    <message>
        <source>并案</source>
        <translation>Merged</translation>
    </message>
    <message>
        <source>强结</source>
        <translation>Forced</translation>
    </message>
    <message>
        <source>待派遣</source>
        <translation>Undispatched</translation>
    </message>
    <message>
        <source>挂账</source>
        <translation>Suspended</translation>
    </message>
    <message>
        <source>核实</source>
        <translation>Verify</translation>
    </message>
    <message>
        <source>核查</source>
        <translation>Check</translation>
    </message>
    <message>
        <source>核查员</source>
        <translation>Checker</translation>
    </message>
    <message>
        <source>派遣</source>
        <translation>Dispatch</translation>
    </message>
    <message>
        <source>特急</source>
        <translation>Top</translation>
    </message>
    <message>
        <source>签收</source>
        <translation>Sign</translation>
    </message>
    <message>
        <source>紧急</source>
        <translation>High</translation>
    </message>
    <message>
        <source>结案</source>
        <translation>Close</translation>
    </message>
    <message>
        <source>网格巡查员</source>
        <translation>Patrol</translation>
    </message>
</context>
<context>
    <name>shell</name>
    <message>
        <source>{demo} · 环节与地点为模拟</source>
        <translation>{demo} · stages and places are simulated</translation>
    </message>
    <message>
        <source>演示 ×{rate}</source>
        <translation>Demo ×{rate}</translation>
    </message>
    <message>
        <source>演示数据</source>
        <translation>Demo data</translation>
    </message>
</context>
<context>
    <name>sla</name>
    <message>
        <source>&lt;1分</source>
        <translation>&lt;1m</translation>
    </message>
    <message>
        <source>{days}天{hours}时</source>
        <translation>{days}d {hours}h</translation>
    </message>
    <message>
        <source>剩 {time}</source>
        <translation>{time} left</translation>
    </message>
    <message>
        <source>无时限</source>
        <translation>No limit</translation>
    </message>
    <message>
        <source>暂停</source>
        <translation>Paused</translation>
    </message>
    <message>
        <source>超 {time}</source>
        <translation>{time} over</translation>
    </message>
</context>
<context>
    <name>sources</name>
    <message>
        <source>{age}前</source>
        <translation>{age} ago</translation>
    </message>
    <message>
        <source>{begin}–{end} 超过 {minutes} 分钟没有新工单即告警（{rule}）</source>
        <translation>Alarm {rule} between {begin} and {end} after {minutes} min without a new ticket</translation>
    </message>
    <message>
        <source>{n} / {total} 路在线</source>
        <translation>{n} / {total} online</translation>
    </message>
    <message>
        <source>{source}：最近一件 {time} 上报</source>
        <translation>{source}: last report {time}</translation>
    </message>
    <message>
        <source>{source}：没有收到过工单</source>
        <translation>{source}: no ticket received yet</translation>
    </message>
    <message>
        <source>尚未检测</source>
        <translation>not checked yet</translation>
    </message>
    <message>
        <source>指标</source>
        <translation>KPI</translation>
    </message>
    <message>
        <source>未收到数据</source>
        <translation>nothing received</translation>
    </message>
    <message>
        <source>没有登记视频</source>
        <translation>none registered</translation>
    </message>
    <message>
        <source>联动服务</source>
        <translation>Server</translation>
    </message>
    <message>
        <source>视频平台</source>
        <translation>Cameras</translation>
    </message>
    <message>
        <source>视频平台：共 {total} 路，在线 {n}，断开 {down}，未检测 {unknown}</source>
        <translation>Cameras: total {total}, online {n}, offline {down}, not checked {unknown}</translation>
    </message>
    <message>
        <source>视频平台：没有登记视频。请管理员导入点位表。</source>
        <translation>Cameras: none registered. Ask the administrator to import the list.</translation>
    </message>
</context>
<context>
    <name>story</name>
    <message>
        <source>{at} 止，提前 {time}</source>
        <translation>ended {at}, {time} early</translation>
    </message>
    <message>
        <source>{at} 止，超 {time}</source>
        <translation>ended {at}, over by {time}</translation>
    </message>
    <message>
        <source>{since} 起停：{why}</source>
        <translation>stands since {since}: {why}</translation>
    </message>
    <message>
        <source>{stage}限 {limit}，提前 {time}</source>
        <translation>{stage}: limit {limit}, {time} early</translation>
    </message>
    <message>
        <source>{stage}限 {limit}，超 {time}</source>
        <translation>{stage}: limit {limit}, over by {time}</translation>
    </message>
    <message>
        <source>业务时钟</source>
        <translation>Business clock</translation>
    </message>
    <message>
        <source>到期</source>
        <translation>Due</translation>
    </message>
    <message>
        <source>协办未结的原因：{why}</source>
        <translation>Why parts are still open: {why}</translation>
    </message>
    <message>
        <source>在走，{left}</source>
        <translation>running, {left}</translation>
    </message>
    <message>
        <source>地址 {value}</source>
        <translation>address {value}</translation>
    </message>
    <message>
        <source>时钟</source>
        <translation>Clock</translation>
    </message>
    <message>
        <source>时限</source>
        <translation>Limit</translation>
    </message>
    <message>
        <source>来电人 {value}</source>
        <translation>caller {value}</translation>
    </message>
    <message>
        <source>电话 {value}</source>
        <translation>phone {value}</translation>
    </message>
    <message>
        <source>结果</source>
        <translation>Result</translation>
    </message>
    <message>
        <source>起</source>
        <translation>From</translation>
    </message>
</context>
<context>
    <name>tables</name>
    <message>
        <source>6 个月内没有一件，可考虑停用</source>
        <translation>Not one ticket in 6 months: consider retiring</translation>
    </message>
    <message>
        <source>{at} 启用</source>
        <translation>valid from {at}</translation>
    </message>
    <message>
        <source>{code} {name} {n} 项</source>
        <translation>{code} {name}, items: {n}</translation>
    </message>
    <message>
        <source>{field}太长，最多 {most} 字</source>
        <translation>{field} is too long, at most {most} characters</translation>
    </message>
    <message>
        <source>{first} → {then}</source>
        <translation>{first} → {then}</translation>
    </message>
    <message>
        <source>{how}，{n} 行</source>
        <translation>{how}, rows: {n}</translation>
    </message>
    <message>
        <source>{n} / {of} 行</source>
        <translation>Rows: {n} of {of}</translation>
    </message>
    <message>
        <source>{n} 人</source>
        <translation>Posts: {n}</translation>
    </message>
    <message>
        <source>{n} 件</source>
        <translation>Tickets: {n}</translation>
    </message>
    <message>
        <source>{n} 件因没有对应事项不予受理</source>
        <translation>{n} refused because no item fits</translation>
    </message>
    <message>
        <source>{n} 小时</source>
        <translation>{n} h</translation>
    </message>
    <message>
        <source>{n} 行</source>
        <translation>Rows: {n}</translation>
    </message>
    <message>
        <source>{n}工作日</source>
        <translation>{n} working days</translation>
    </message>
    <message>
        <source>{n}工作时</source>
        <translation>{n} working hours</translation>
    </message>
    <message>
        <source>{n}日历日</source>
        <translation>{n} calendar days</translation>
    </message>
    <message>
        <source>{n}紧急工作时</source>
        <translation>{n} urgent hours</translation>
    </message>
    <message>
        <source>{row} 没有名称</source>
        <translation>{row} has no name</translation>
    </message>
    <message>
        <source>{row} 的上级 {parent} 不在</source>
        <translation>The parent {parent} of {row} is not there</translation>
    </message>
    <message>
        <source>{row} 的上级 {parent} 不在表中</source>
        <translation>The parent {parent} of {row} is not in the table</translation>
    </message>
    <message>
        <source>{row} 的区划 {area} 不在</source>
        <translation>The area {area} of {row} is not there</translation>
    </message>
    <message>
        <source>{row} 的单位 {unit} 不在</source>
        <translation>The unit {unit} of {row} is not there</translation>
    </message>
    <message>
        <source>{row} 的时限不合理</source>
        <translation>The limit of {row} cannot be</translation>
    </message>
    <message>
        <source>{row} 的编码不在上级 {parent} 之内</source>
        <translation>The code {row} does not lie in its parent {parent}</translation>
    </message>
    <message>
        <source>{sheet} {n}</source>
        <translation>{sheet} {n}</translation>
    </message>
    <message>
        <source>{text} 不是可用的值，可用：{allowed}</source>
        <translation>{text} is not a value that can be used; use {allowed}</translation>
    </message>
    <message>
        <source>{text} 不是可用的数</source>
        <translation>{text} is not a number that can be used</translation>
    </message>
    <message>
        <source>{year} 年的特殊日；其余按周一至周五</source>
        <translation>Special days of {year}; all others Monday to Friday</translation>
    </message>
    <message>
        <source>一个工作日</source>
        <translation>A working day</translation>
    </message>
    <message>
        <source>一次太多，最多 {most} 行</source>
        <translation>Too many at once, at most {most} rows</translation>
    </message>
    <message>
        <source>一般</source>
        <translation>normal</translation>
    </message>
    <message>
        <source>上班</source>
        <translation>work</translation>
    </message>
    <message>
        <source>上班时段</source>
        <translation>Office hours</translation>
    </message>
    <message>
        <source>上班时段 {text} 不合理：从早到晚，不重叠，不过 24:00</source>
        <translation>office hours {text} cannot be: in order, not overlapping, none after 24:00</translation>
    </message>
    <message>
        <source>上级</source>
        <translation>Parent</translation>
    </message>
    <message>
        <source>上级关系成环：{codes}</source>
        <translation>These lie in each other: {codes}</translation>
    </message>
    <message>
        <source>下级</source>
        <translation>Below</translation>
    </message>
    <message>
        <source>不是 .xlsx 或 .csv，请另存为其中一种</source>
        <translation>Neither .xlsx nor .csv: save it as one of them</translation>
    </message>
    <message>
        <source>不需照片</source>
        <translation>no photo</translation>
    </message>
    <message>
        <source>主管部门</source>
        <translation>Department</translation>
    </message>
    <message>
        <source>久未使用</source>
        <translation>Long unused</translation>
    </message>
    <message>
        <source>事件</source>
        <translation>Event</translation>
    </message>
    <message>
        <source>事件部件清单</source>
        <translation>List of events and components</translation>
    </message>
    <message>
        <source>事项</source>
        <translation>Matter</translation>
    </message>
    <message>
        <source>人数</source>
        <translation>Number</translation>
    </message>
    <message>
        <source>从未使用</source>
        <translation>Never used</translation>
    </message>
    <message>
        <source>代码</source>
        <translation>Code</translation>
    </message>
    <message>
        <source>企业</source>
        <translation>Company</translation>
    </message>
    <message>
        <source>企业网格</source>
        <translation>Enterprise grid</translation>
    </message>
    <message>
        <source>位于</source>
        <translation>Lies in</translation>
    </message>
    <message>
        <source>位置</source>
        <translation>Place</translation>
    </message>
    <message>
        <source>依据</source>
        <translation>Basis</translation>
    </message>
    <message>
        <source>修订</source>
        <translation>Revise</translation>
    </message>
    <message>
        <source>停用</source>
        <translation>Retire</translation>
    </message>
    <message>
        <source>全部条目</source>
        <translation>All items</translation>
    </message>
    <message>
        <source>其他过多</source>
        <translation>Too many under other</translation>
    </message>
    <message>
        <source>养护单位</source>
        <translation>Maintainer</translation>
    </message>
    <message>
        <source>分类</source>
        <translation>Class</translation>
    </message>
    <message>
        <source>删除</source>
        <translation>Removed</translation>
    </message>
    <message>
        <source>区</source>
        <translation>District</translation>
    </message>
    <message>
        <source>区划与网格</source>
        <translation>Areas and grids</translation>
    </message>
    <message>
        <source>单位</source>
        <translation>Units</translation>
    </message>
    <message>
        <source>单位上级成环：{codes}</source>
        <translation>Units above each other: {codes}</translation>
    </message>
    <message>
        <source>单位编号</source>
        <translation>Unit no.</translation>
    </message>
    <message>
        <source>单号</source>
        <translation>Ticket</translation>
    </message>
    <message>
        <source>历次修订</source>
        <translation>Revisions</translation>
    </message>
    <message>
        <source>原因</source>
        <translation>Reason</translation>
    </message>
    <message>
        <source>取证</source>
        <translation>Evidence</translation>
    </message>
    <message>
        <source>变更</source>
        <translation>Change</translation>
    </message>
    <message>
        <source>只动其他时钟</source>
        <translation>Other clocks only</translation>
    </message>
    <message>
        <source>只有{role}能改</source>
        <translation>only {role} may change it</translation>
    </message>
    <message>
        <source>名称</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>名称、代码  /</source>
        <translation>Name, code  /</translation>
    </message>
    <message>
        <source>否</source>
        <translation>no</translation>
    </message>
    <message>
        <source>启用时间已过，请写以后的日期</source>
        <translation>That date is over: give a later one</translation>
    </message>
    <message>
        <source>因清单中没有对应事项而不予受理，3 件以上</source>
        <translation>Refused because no item fits, 3 or more</translation>
    </message>
    <message>
        <source>在办工单</source>
        <translation>Open tickets</translation>
    </message>
    <message>
        <source>处置单位</source>
        <translation>Handled by</translation>
    </message>
    <message>
        <source>大类</source>
        <translation>Class</translation>
    </message>
    <message>
        <source>安排</source>
        <translation>Set as</translation>
    </message>
    <message>
        <source>导入预览 {file}</source>
        <translation>Preview of {file}</translation>
    </message>
    <message>
        <source>小类</source>
        <translation>Sub-class</translation>
    </message>
    <message>
        <source>小类 {of} 件中 {n} 件归入其他（{percent}%），可细分</source>
        <translation>{n} of {of} in the sub-class are under other ({percent}%): split it</translation>
    </message>
    <message>
        <source>岗位</source>
        <translation>Post</translation>
    </message>
    <message>
        <source>岗位人数（含下级）</source>
        <translation>People (with below)</translation>
    </message>
    <message>
        <source>岗位（含下级）</source>
        <translation>Posts (with below)</translation>
    </message>
    <message>
        <source>工作日历</source>
        <translation>Working days</translation>
    </message>
    <message>
        <source>已停用</source>
        <translation>Retired</translation>
    </message>
    <message>
        <source>建立</source>
        <translation>Created</translation>
    </message>
    <message>
        <source>建站时的表</source>
        <translation>tables of the installation</translation>
    </message>
    <message>
        <source>建议</source>
        <translation>Proposals</translation>
    </message>
    <message>
        <source>归入其他的件数超过小类的 20%，且在 10 件以上</source>
        <translation>More than 20% of its sub-class, and 10 or more, under other</translation>
    </message>
    <message>
        <source>微网格</source>
        <translation>Micro-grid</translation>
    </message>
    <message>
        <source>所属单位</source>
        <translation>Unit</translation>
    </message>
    <message>
        <source>打不开这个文件：{detail}</source>
        <translation>This file cannot be opened: {detail}</translation>
    </message>
    <message>
        <source>执法队伍</source>
        <translation>Enforcement</translation>
    </message>
    <message>
        <source>按法定安排</source>
        <translation>statutory</translation>
    </message>
    <message>
        <source>推后</source>
        <translation>Later</translation>
    </message>
    <message>
        <source>提前</source>
        <translation>Earlier</translation>
    </message>
    <message>
        <source>改了什么</source>
        <translation>What changed</translation>
    </message>
    <message>
        <source>改后不再超期</source>
        <translation>Not overdue any more</translation>
    </message>
    <message>
        <source>改后到期</source>
        <translation>Due then</translation>
    </message>
    <message>
        <source>改后新超期</source>
        <translation>Newly overdue</translation>
    </message>
    <message>
        <source>放假</source>
        <translation>off</translation>
    </message>
    <message>
        <source>整改前后照片</source>
        <translation>photos before and after</translation>
    </message>
    <message>
        <source>文件太大，请分开导入</source>
        <translation>The file is too large: split it</translation>
    </message>
    <message>
        <source>文件已损坏，请用原程序重新保存</source>
        <translation>The file is broken: save it again where it was made</translation>
    </message>
    <message>
        <source>新增</source>
        <translation>Added</translation>
    </message>
    <message>
        <source>新增 {added} · 修订 {revised} · 停用 {retired} · 相同 {same}，按服务器现行的表比较</source>
        <translation>Added {added} · revised {revised} · retired {retired} · same {same}, by the tables the server has now</translation>
    </message>
    <message>
        <source>新增或修改</source>
        <translation>Put</translation>
    </message>
    <message>
        <source>无时限</source>
        <translation>no limit</translation>
    </message>
    <message>
        <source>既不是 UTF-8 也不是 GBK，请另存为 UTF-8</source>
        <translation>Neither UTF-8 nor GBK: save it as UTF-8</translation>
    </message>
    <message>
        <source>日期</source>
        <translation>Date</translation>
    </message>
    <message>
        <source>日期 {day} 不合理</source>
        <translation>The day {day} cannot be</translation>
    </message>
    <message>
        <source>时限</source>
        <translation>Limit</translation>
    </message>
    <message>
        <source>时限 {text} 看不懂，请写成 2紧急工作时、4工作时、5工作日</source>
        <translation>The limit {text} is not understood: write 2 urgent hours, 4 working hours, 5 working days</translation>
    </message>
    <message>
        <source>时限看不懂，请写成 2紧急工作时、4工作时、5工作日</source>
        <translation>Limit not understood: write 2 urgent hours, 4 working hours, 5 working days</translation>
    </message>
    <message>
        <source>时限移动</source>
        <translation>Limits move</translation>
    </message>
    <message>
        <source>时限，如 5工作日，空为无时限</source>
        <translation>Limit, such as 5 working days; empty = none</translation>
    </message>
    <message>
        <source>星期</source>
        <translation>Weekday</translation>
    </message>
    <message>
        <source>是</source>
        <translation>yes</translation>
    </message>
    <message>
        <source>最近一件</source>
        <translation>Last one</translation>
    </message>
    <message>
        <source>最近一件 {at}</source>
        <translation>last one {at}</translation>
    </message>
    <message>
        <source>未登记</source>
        <translation>not laid down</translation>
    </message>
    <message>
        <source>本地决定</source>
        <translation>set by the site</translation>
    </message>
    <message>
        <source>来源</source>
        <translation>Source</translation>
    </message>
    <message>
        <source>核查</source>
        <translation>Check</translation>
    </message>
    <message>
        <source>正在统计</source>
        <translation>Counting</translation>
    </message>
    <message>
        <source>每个工作日</source>
        <translation>every working day</translation>
    </message>
    <message>
        <source>没有区划 {text}</source>
        <translation>No area {text}</translation>
    </message>
    <message>
        <source>没有单位 {text}</source>
        <translation>No unit {text}</translation>
    </message>
    <message>
        <source>没有变化</source>
        <translation>nothing changed</translation>
    </message>
    <message>
        <source>没有名称，请补上</source>
        <translation>The name is missing</translation>
    </message>
    <message>
        <source>没有编码，请补上</source>
        <translation>The code is missing</translation>
    </message>
    <message>
        <source>没有表头，需要这些列：{wanted}</source>
        <translation>No heading; wanted columns: {wanted}</translation>
    </message>
    <message>
        <source>法定节假日安排</source>
        <translation>statutory calendar</translation>
    </message>
    <message>
        <source>清单</source>
        <translation>List</translation>
    </message>
    <message>
        <source>清单中没有 {row}</source>
        <translation>{row} is not in the list</translation>
    </message>
    <message>
        <source>清单缺项</source>
        <translation>Missing items</translation>
    </message>
    <message>
        <source>照片</source>
        <translation>photo</translation>
    </message>
    <message>
        <source>版</source>
        <translation>Ver.</translation>
    </message>
    <message>
        <source>版本</source>
        <translation>Versions</translation>
    </message>
    <message>
        <source>特急</source>
        <translation>top</translation>
    </message>
    <message>
        <source>状态</source>
        <translation>State</translation>
    </message>
    <message>
        <source>现在到期</source>
        <translation>Due now</translation>
    </message>
    <message>
        <source>班次没有覆盖全天或互相重叠</source>
        <translation>The shifts leave a gap in the day, or overlap</translation>
    </message>
    <message>
        <source>用量</source>
        <translation>Use</translation>
    </message>
    <message>
        <source>用量没有统计到</source>
        <translation>Usage could not be counted</translation>
    </message>
    <message>
        <source>社区</source>
        <translation>Community</translation>
    </message>
    <message>
        <source>社区工作站</source>
        <translation>Community station</translation>
    </message>
    <message>
        <source>移动</source>
        <translation>Moves</translation>
    </message>
    <message>
        <source>立案条件</source>
        <translation>Filed when</translation>
    </message>
    <message>
        <source>第 {n} 版</source>
        <translation>Version {n}</translation>
    </message>
    <message>
        <source>类别</source>
        <translation>Kind</translation>
    </message>
    <message>
        <source>系统还没有 {year} 年的法定安排，按周一至周五计算</source>
        <translation>The statutory days of {year} are not known: Monday to Friday</translation>
    </message>
    <message>
        <source>系统默认</source>
        <translation>default</translation>
    </message>
    <message>
        <source>紧急</source>
        <translation>high</translation>
    </message>
    <message>
        <source>紧急程度</source>
        <translation>Urgency</translation>
    </message>
    <message>
        <source>累计</source>
        <translation>In all</translation>
    </message>
    <message>
        <source>级别</source>
        <translation>Level</translation>
    </message>
    <message>
        <source>组织</source>
        <translation>Organisation</translation>
    </message>
    <message>
        <source>组织与登记</source>
        <translation>Organisation</translation>
    </message>
    <message>
        <source>细项</source>
        <translation>Item</translation>
    </message>
    <message>
        <source>结案条件</source>
        <translation>Closed when</translation>
    </message>
    <message>
        <source>编号</source>
        <translation>Number</translation>
    </message>
    <message>
        <source>编码</source>
        <translation>Code</translation>
    </message>
    <message>
        <source>编码 {code} 已在清单中，请修订它</source>
        <translation>Code {code} is in the list: revise it</translation>
    </message>
    <message>
        <source>编码 {row} 不合规，用字母和数字</source>
        <translation>Code {row} cannot be: letters and digits</translation>
    </message>
    <message>
        <source>编码 {row} 与第 {first} 行重复，请留一行</source>
        <translation>Code {row} stands in row {first} already: keep one</translation>
    </message>
    <message>
        <source>编码 {row} 重复</source>
        <translation>Code {row} stands twice</translation>
    </message>
    <message>
        <source>编码 {text} 不合规</source>
        <translation>Code {text} cannot be</translation>
    </message>
    <message>
        <source>编码、名称、条件  /</source>
        <translation>Code, name, condition  /</translation>
    </message>
    <message>
        <source>编码，字母和数字</source>
        <translation>Code, letters and digits</translation>
    </message>
    <message>
        <source>缺少列 {column}</source>
        <translation>Column {column} is missing</translation>
    </message>
    <message>
        <source>网格</source>
        <translation>Grid</translation>
    </message>
    <message>
        <source>网格岗位</source>
        <translation>Posts</translation>
    </message>
    <message>
        <source>职责事项</source>
        <translation>Competence</translation>
    </message>
    <message>
        <source>联动服务统计 {at}</source>
        <translation>counted by the service {at}</translation>
    </message>
    <message>
        <source>联机时自动再问。</source>
        <translation>Asked again by itself while connected.</translation>
    </message>
    <message>
        <source>草稿</source>
        <translation>Draft</translation>
    </message>
    <message>
        <source>草稿 {id} 还没有发布，请先发布或放弃</source>
        <translation>Draft {id} is not published: publish or drop it first</translation>
    </message>
    <message>
        <source>草稿，尚未启用</source>
        <translation>draft, not in force</translation>
    </message>
    <message>
        <source>行</source>
        <translation>Row</translation>
    </message>
    <message>
        <source>街道</source>
        <translation>Town</translation>
    </message>
    <message>
        <source>街镇</source>
        <translation>Town</translation>
    </message>
    <message>
        <source>街镇分中心</source>
        <translation>Town centre</translation>
    </message>
    <message>
        <source>试算于</source>
        <translation>Tried at</translation>
    </message>
    <message>
        <source>试算，尚未发布</source>
        <translation>Trial, not published</translation>
    </message>
    <message>
        <source>说明</source>
        <translation>Note</translation>
    </message>
    <message>
        <source>请写修订原因</source>
        <translation>Give the reason</translation>
    </message>
    <message>
        <source>读不了</source>
        <translation>Unreadable</translation>
    </message>
    <message>
        <source>读出 {read} 行：新增 {added}、修订 {revised}、停用 {gone}、不变 {same}；读不了 {bad} 行</source>
        <translation>{read} rows read: {added} added, {revised} revised, {gone} retired, {same} unchanged; {bad} unreadable</translation>
    </message>
    <message>
        <source>责任单位</source>
        <translation>Responsible</translation>
    </message>
    <message>
        <source>近 6 个月</source>
        <translation>6 months</translation>
    </message>
    <message>
        <source>这一版已经发布或放弃</source>
        <translation>This version is published or dropped</translation>
    </message>
    <message>
        <source>部件</source>
        <translation>Component</translation>
    </message>
    <message>
        <source>部件登记</source>
        <translation>Components</translation>
    </message>
    <message>
        <source>部门</source>
        <translation>Department</translation>
    </message>
    <message>
        <source>随系统启用</source>
        <translation>with the installation</translation>
    </message>
</context>
<context>
    <name>takeout</name>
    <message>
        <source>{site} · {view} · 截至 {at} · {n} 件</source>
        <translation>{site} · {view} · as of {at} · {n}</translation>
    </message>
    <message>
        <source>上报时间</source>
        <translation>Reported</translation>
    </message>
    <message>
        <source>事项</source>
        <translation>Matter</translation>
    </message>
    <message>
        <source>协办</source>
        <translation>Joint</translation>
    </message>
    <message>
        <source>单号</source>
        <translation>Number</translation>
    </message>
    <message>
        <source>已脱敏：不含诉求原文、来电人、电话、门牌</source>
        <translation>Masked: without what was said, callers, numbers and doors</translation>
    </message>
    <message>
        <source>应结案</source>
        <translation>Due</translation>
    </message>
    <message>
        <source>无</source>
        <translation>none</translation>
    </message>
    <message>
        <source>来源</source>
        <translation>Source</translation>
    </message>
    <message>
        <source>查找：{query}</source>
        <translation>Searched: {query}</translation>
    </message>
    <message>
        <source>状态</source>
        <translation>State</translation>
    </message>
    <message>
        <source>磁盘不接受</source>
        <translation>the disk does not take it</translation>
    </message>
    <message>
        <source>筛选：{filters}</source>
        <translation>Filters: {filters}</translation>
    </message>
    <message>
        <source>类别</source>
        <translation>Category</translation>
    </message>
    <message>
        <source>紧急程度</source>
        <translation>Urgency</translation>
    </message>
    <message>
        <source>网格</source>
        <translation>Grid</translation>
    </message>
    <message>
        <source>责任单位</source>
        <translation>Unit</translation>
    </message>
    <message>
        <source>阶段时限</source>
        <translation>Stage limit</translation>
    </message>
    <message>
        <source>；</source>
        <translation>; </translation>
    </message>
</context>
<context>
    <name>time</name>
    <message>
        <source>M月d日 ddd</source>
        <translation>ddd d MMM</translation>
    </message>
    <message>
        <source>{seconds} 秒后重连</source>
        <translation>retry in {seconds} s</translation>
    </message>
    <message>
        <source>正在取快照 {percent}%</source>
        <translation>snapshot {percent}%</translation>
    </message>
</context>
<context>
    <name>trouble</name>
    <message>
        <source>{what}（{reason}），{since} 起。{next}代码 {code}</source>
        <translation>{what} ({reason}), since {since}. {next} Code {code}</translation>
    </message>
    <message>
        <source>{what}，{since} 起。{next}代码 {code}</source>
        <translation>{what}, since {since}. {next} Code {code}</translation>
    </message>
</context>
<context>
    <name>views</name>
    <message>
        <source>临期</source>
        <translation>At risk</translation>
    </message>
    <message>
        <source>临期与超期</source>
        <translation>At risk and overdue</translation>
    </message>
    <message>
        <source>今日已结</source>
        <translation>Closed today</translation>
    </message>
    <message>
        <source>全部在办</source>
        <translation>All open</translation>
    </message>
    <message>
        <source>协办未报到</source>
        <translation>Co-unit missing</translation>
    </message>
    <message>
        <source>回退 2 次以上</source>
        <translation>Returned 2 or more</translation>
    </message>
    <message>
        <source>待受理</source>
        <translation>To accept</translation>
    </message>
    <message>
        <source>待核查</source>
        <translation>To check</translation>
    </message>
    <message>
        <source>待派遣</source>
        <translation>To dispatch</translation>
    </message>
    <message>
        <source>我的待办</source>
        <translation>My work</translation>
    </message>
    <message>
        <source>挂账到期 7 天内</source>
        <translation>Resuming in 7 d</translation>
    </message>
    <message>
        <source>群众催办</source>
        <translation>Citizen reminders</translation>
    </message>
    <message>
        <source>超期未结</source>
        <translation>Overdue</translation>
    </message>
    <message>
        <source>问题工单</source>
        <translation>Problem tickets</translation>
    </message>
</context>
<context>
    <name>wording</name>
    <message>
        <source>、</source>
        <translation>, </translation>
    </message>
    <message>
        <source>，</source>
        <translation>, </translation>
    </message>
    <message>
        <source>；</source>
        <translation>; </translation>
    </message>
</context>
<context>
    <name>words</name>
    <message>
        <source>12345 热线</source>
        <translation>Hotline</translation>
    </message>
    <message>
        <source>Open311</source>
        <translation>Open311</translation>
    </message>
    <message>
        <source>{n} 个工作日</source>
        <translation>{n} working d</translation>
    </message>
    <message>
        <source>{n} 个日历日</source>
        <translation>{n} calendar d</translation>
    </message>
    <message>
        <source>{n} 分</source>
        <translation>{n} min</translation>
    </message>
    <message>
        <source>{n} 分钟</source>
        <translation>{n} min</translation>
    </message>
    <message>
        <source>{n} 天</source>
        <translation>{n} d</translation>
    </message>
    <message>
        <source>{n} 工作时</source>
        <translation>{n} working h</translation>
    </message>
    <message>
        <source>{n} 时</source>
        <translation>{n} h</translation>
    </message>
    <message>
        <source>{n} 秒</source>
        <translation>{n} s</translation>
    </message>
    <message>
        <source>{n} 紧急工作时</source>
        <translation>{n} urgent h</translation>
    </message>
    <message>
        <source>{seat} 席{role}</source>
        <translation>{role}, seat {seat}</translation>
    </message>
    <message>
        <source>不予受理</source>
        <translation>Refused</translation>
    </message>
    <message>
        <source>专业部门</source>
        <translation>Handling unit</translation>
    </message>
    <message>
        <source>临期</source>
        <translation>At risk</translation>
    </message>
    <message>
        <source>企业自报</source>
        <translation>Enterprise</translation>
    </message>
    <message>
        <source>作废</source>
        <translation>Void</translation>
    </message>
    <message>
        <source>值班长</source>
        <translation>Shift leader</translation>
    </message>
    <message>
        <source>刚刚</source>
        <translation>now</translation>
    </message>
    <message>
        <source>区</source>
        <translation>District</translation>
    </message>
    <message>
        <source>协调员</source>
        <translation>Coordinator</translation>
    </message>
    <message>
        <source>受理员</source>
        <translation>Registrar</translation>
    </message>
    <message>
        <source>回访员</source>
        <translation>Caller</translation>
    </message>
    <message>
        <source>处理中</source>
        <translation>Handling</translation>
    </message>
    <message>
        <source>大屏</source>
        <translation>Wall</translation>
    </message>
    <message>
        <source>安全管理员</source>
        <translation>Security admin</translation>
    </message>
    <message>
        <source>审计管理员</source>
        <translation>Audit admin</translation>
    </message>
    <message>
        <source>已结</source>
        <translation>Closed</translation>
    </message>
    <message>
        <source>已结案</source>
        <translation>Closed</translation>
    </message>
    <message>
        <source>市民端</source>
        <translation>Citizen app</translation>
    </message>
    <message>
        <source>平台转办</source>
        <translation>Platform</translation>
    </message>
    <message>
        <source>并案</source>
        <translation>Merged</translation>
    </message>
    <message>
        <source>强制结案</source>
        <translation>Forced closed</translation>
    </message>
    <message>
        <source>待受理</source>
        <translation>Reported</translation>
    </message>
    <message>
        <source>待核查</source>
        <translation>Handled</translation>
    </message>
    <message>
        <source>待派遣</source>
        <translation>Filed</translation>
    </message>
    <message>
        <source>待签收</source>
        <translation>Dispatched</translation>
    </message>
    <message>
        <source>待结案</source>
        <translation>Ready to close</translation>
    </message>
    <message>
        <source>执法</source>
        <translation>Enforcement</translation>
    </message>
    <message>
        <source>挂账</source>
        <translation>Suspended</translation>
    </message>
    <message>
        <source>按事项</source>
        <translation>by matter</translation>
    </message>
    <message>
        <source>按剩余时限</source>
        <translation>by time left</translation>
    </message>
    <message>
        <source>按单号</source>
        <translation>by number</translation>
    </message>
    <message>
        <source>按最近变化</source>
        <translation>by last change</translation>
    </message>
    <message>
        <source>按紧急程度</source>
        <translation>by urgency</translation>
    </message>
    <message>
        <source>按网格</source>
        <translation>by grid</translation>
    </message>
    <message>
        <source>按责任单位</source>
        <translation>by unit</translation>
    </message>
    <message>
        <source>按阶段</source>
        <translation>by stage</translation>
    </message>
    <message>
        <source>数据线索</source>
        <translation>Data lead</translation>
    </message>
    <message>
        <source>无时限</source>
        <translation>No limit</translation>
    </message>
    <message>
        <source>暂停</source>
        <translation>Paused</translation>
    </message>
    <message>
        <source>来源系统</source>
        <translation>Source system</translation>
    </message>
    <message>
        <source>核实中</source>
        <translation>Verifying</translation>
    </message>
    <message>
        <source>核查中</source>
        <translation>Checking</translation>
    </message>
    <message>
        <source>核查员</source>
        <translation>Checker</translation>
    </message>
    <message>
        <source>正常</source>
        <translation>On track</translation>
    </message>
    <message>
        <source>派遣员</source>
        <translation>Dispatcher</translation>
    </message>
    <message>
        <source>社区</source>
        <translation>Community</translation>
    </message>
    <message>
        <source>系统</source>
        <translation>System</translation>
    </message>
    <message>
        <source>系统管理员</source>
        <translation>System admin</translation>
    </message>
    <message>
        <source>网格</source>
        <translation>Grid</translation>
    </message>
    <message>
        <source>网格员</source>
        <translation>Grid officer</translation>
    </message>
    <message>
        <source>网格巡查</source>
        <translation>Grid patrol</translation>
    </message>
    <message>
        <source>考核员</source>
        <translation>Assessor</translation>
    </message>
    <message>
        <source>街道</source>
        <translation>Town</translation>
    </message>
    <message>
        <source>视频巡查</source>
        <translation>Camera</translation>
    </message>
    <message>
        <source>警情转办</source>
        <translation>Police</translation>
    </message>
    <message>
        <source>超期</source>
        <translation>Overdue</translation>
    </message>
    <message>
        <source>领导</source>
        <translation>Leader</translation>
    </message>
    <message>
        <source>领导交办</source>
        <translation>Leader</translation>
    </message>
</context>
</TS>
