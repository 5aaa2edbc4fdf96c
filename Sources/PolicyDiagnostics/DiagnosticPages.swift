// swift-format-ignore-file
// Derived from docs/diagnostics by Tests/SemanticsTests/PageTests.swift, which rewrites it with UPDATE_GOLDEN=1.

/// The page of each diagnostic, by its id.
package let diagnosticPages: [String: String] = [
  "T0001": #"""
    # T0001 文件不是 UTF-8 编码

    规则文件和原文都要存成 UTF-8。报告的是第一个不合法的字节；它后面的文字照读，但是显示会不对。GBK、GB18030 只有事实文件可以用。

    改法：用编辑器打开文件，另存为 UTF-8（不带 BOM 也可以）。

    ## The file is not UTF-8

    Rule files and official texts are UTF-8. The first byte that is not is shown; what follows is read all the same, and may look wrong. Save the file as UTF-8.
    """#,
  "T0002": #"""
    # T0002 不能识别的字符

    条件和金额里只能有名称、关键词、数、日期和标点。别的符号没有含义，常见的是从别的文件里粘贴来的 ≧、※、表情等。

    例：

    ```tiaoli
        原文：“床位20张以上的养老机构，给予一次性补助5万元，由市财政承担”
        条件：床位数≧20张
        给予：一次性补助
    ```

    改为：

    ```tiaoli
        原文：“床位20张以上的养老机构，给予一次性补助5万元，由市财政承担”
        条件：床位数20张以上
        给予：一次性补助
    ```

    改法：删去它，或者用“以上”“超过”“＝”“≥”等写法代替。

    ## Unexpected character

    Conditions and amounts hold names, keywords, numbers, dates and punctuation; another symbol means nothing. Remove it, or write or-more, more-than, = or ≥ instead.
    """#,
  "T0003": #"""
    # T0003 引号没有结束

    引号从这里开始，没有结尾。为了不连累后面的行，这一行读到行尾为止；真正有几行的引文，两头都要有引号。

    例：

    ```tiaoli
        金额：5万元
        备注：“床位数以核定的为准
    ```

    改为：

    ```tiaoli
        金额：5万元
        备注：“床位数以核定的为准”
    ```

    改法：补上对应的引号。“ ”可以嵌套，里面的每一对也要齐全。

    ## Unterminated quote

    A quote begins here and never ends; it is read up to the end of the line so that the lines behind it are not swallowed. Add the closing mark; nested “ ” need theirs too.
    """#,
  "T0004": #"""
    # T0004 数字写法不对

    数只能有一个小数点，千位用逗号三位一分，不能超过能精确计算的大小（约 38 位）。

    例：

    ```tiaoli
        出资：市财政局
        金额：5.0.0万元
    ```

    改为：

    ```tiaoli
        出资：市财政局
        金额：5万元
    ```

    改法：按原文改正数字。

    ## Malformed number

    A number has one decimal point, commas only between groups of three digits, and about 38 digits at most. Write it as the text does.
    """#,
  "T0005": #"""
    # T0005 日期写法不对

    日历上没有这一天，或者这里要写到某年某月某日而只写了一段时间。“2025年底”“2025年年底”都是 12 月 31 日。

    例：

    ```tiaoli
        条件：床位数20张以上
        期限：开业日期 在 2025年2月29日 以前
        给予：一次性补助
    ```

    改为：

    ```tiaoli
        条件：床位数20张以上
        期限：开业日期 在 2025年2月28日 以前
        给予：一次性补助
    ```

    改法：核对原文，改成日历上有的日期；没有规定的写“未规定”。

    ## Malformed date

    The calendar has no such day, or a single day is needed here. Check the text, and write “unstated” where it states none.
    """#,
  "T0101": #"""
    # T0101 此处不应有这些文字

    这些文字不在任何块里，或者不能放在这个位置。块以“文件”“条款”“措施”“定义”等词开头，块里每行是“标签：内容”。给人看的说明写在 # 后面。

    例：

    ```tiaoli
    养老机构补助办法的规则
    ```

    改为：

    ```tiaoli
    # 养老机构补助办法的规则
    ```

    改法：删去，改成注释，或者移到它所属的块里。

    ## Unexpected text

    The words stand outside every block, or cannot stand in this place. Remove them, put a # before them, or move them into their block.
    """#,
  "T0102": #"""
    # T0102 此处缺少内容

    读到这里，话还没有说完：数量后面缺“以上”“以下”，括号里缺内容，“标签：内容”缺冒号，等等。提示写明了应有什么。

    例：

    ```tiaoli
        原文：“床位20张以上的养老机构，给予一次性补助5万元，由市财政承担”
        条件：床位数20张
        给予：一次性补助
    ```

    改为：

    ```tiaoli
        原文：“床位20张以上的养老机构，给予一次性补助5万元，由市财政承担”
        条件：床位数20张以上
        给予：一次性补助
    ```

    改法：补上所缺的词。

    ## Something is missing

    Something is missing before this place: a bound such as or-more, the inside of brackets, the colon of a line. The message says what was expected; add it.
    """#,
  "T0103": #"""
    # T0103 没有这个关键词

    这一行的标签不是这种块里的词。措施里表示力度的词（给予、支持、应当……）也是标签，只能用词表里的；别的词写作“义务“聚焦”：……”。

    例：

    ```tiaoli
        给予：一次性补助
        出钱：市财政局
        金额：5万元
    ```

    改为：

    ```tiaoli
        给予：一次性补助
        出资：市财政局
        金额：5万元
    ```

    改法：按提示改成相近的标签。

    ## Unknown keyword

    The label is none of this kind of block. Words of strength are labels too; one that is not in the table is written with its class, such as obligation “…”. Use the label that the message suggests.
    """#,
  "T0104": #"""
    # T0104 括号没有结束

    括号从这里开始，没有结尾。全角、半角括号是一样的，可以混用。

    例：

    ```tiaoli
        原文：“床位20张以上的养老机构，给予一次性补助5万元，由市财政承担”
        条件：（床位数20张以上
        给予：一次性补助
    ```

    改为：

    ```tiaoli
        原文：“床位20张以上的养老机构，给予一次性补助5万元，由市财政承担”
        条件：（床位数20张以上）
        给予：一次性补助
    ```

    改法：在应当结束的地方补上右括号。

    ## Unclosed bracket

    A bracket is opened here and never closed. Full-width and half-width brackets are the same. Add the closing one.
    """#,
  "T0105": #"""
    # T0105 缺少一行内容

    块里少了必须有的一行。例如措施要写力度和内容（“给予：……”“支持：……”），空缺要写由谁制定，口径要写依据和日期，案例要写查询日期和预期。

    例：

    ```tiaoli
        原文：“床位20张以上的养老机构，给予一次性补助5万元，由市财政承担”
        条件：床位数20张以上
        出资：市财政局
        金额：5万元
    ```

    改为：

    ```tiaoli
        原文：“床位20张以上的养老机构，给予一次性补助5万元，由市财政承担”
        条件：床位数20张以上
        给予：一次性补助
        出资：市财政局
        金额：5万元
    ```

    改法：补上所缺的一行；原文没有规定的写“未规定”。

    ## A line is missing

    A line that the block needs is missing: the strength of a measure, who fills a hole, the basis and date of a ruling, the date and expectation of a case. Add it, with “unstated” where the text states nothing.
    """#,
  "T0201": #"""
    # T0201 名称没有声明

    用到的名称没有声明过。名称写错不会变成新的事实，所以一定要先声明。没有空格的一串文字读到哪里为止，提示里有；相近的名称也列出来了。

    例：

    ```tiaoli
        原文：“床位20张以上的养老机构，给予一次性补助5万元，由市财政承担”
        条件：床味数20张以上
        给予：一次性补助
    ```

    改为：

    ```tiaoli
        原文：“床位20张以上的养老机构，给予一次性补助5万元，由市财政承担”
        条件：床位数20张以上
        给予：一次性补助
    ```

    改法：改成已声明的写法，或者声明这个名称。

    ## Unknown name

    The name is not declared. A misspelt name never becomes a new fact. The message shows how far the run could be read and the nearest names; correct the spelling or declare the name.
    """#,
  "T0202": #"""
    # T0202 这一串文字有几种读法

    没有空格的一串文字可以切成几种词，每一种都读得通。规则不能替人选择。

    例：

    ```tiaoli
        原文：“床位20张以上的养老机构，给予一次性补助5万元，由市财政承担”
        条件：建设方式为改并且床位数20张以上
        给予：一次性补助
    ```

    改为：

    ```tiaoli
        原文：“床位20张以上的养老机构，给予一次性补助5万元，由市财政承担”
        条件：建设方式为「改并」且床位数20张以上
        给予：一次性补助
    ```

    改法：在词与词之间加空格，或者把名称放进「」。

    ## The text can be split in several ways

    The run of characters can be cut into words in several ways, and each makes sense. Put spaces between the words, or a name in 「」.
    """#,
  "T0203": #"""
    # T0203 名称重复声明

    同一个名称声明了两次：两项措施、两个字段、选项里的两个值，或者一句里列了两次。不以后一个为准。

    例：

    ```tiaoli
    主体 养老机构：
        床位数：数量（张）
        床位数：数量（张）
    ```

    改为：

    ```tiaoli
    主体 养老机构：
        床位数：数量（张）
    ```

    改法：删去一个，或者改成不同的名称。

    ## The name is declared twice

    The name is declared twice. Neither wins; remove one or rename it.
    """#,
  "T0204": #"""
    # T0204 名称不能这样用

    名称声明过，但是不能用在这里：出资要写机关，“符合”前面要写措施，“在名单”后面要写名单，字段要属于这里的主体；写了“限 某条款”的名称只能在那一条款里用。

    例：

    ```tiaoli
        给予：一次性补助
        出资：养老机构
        金额：5万元
    ```

    改为：

    ```tiaoli
        给予：一次性补助
        出资：市财政局
        金额：5万元
    ```

    改法：改用这里应有的名称。

    ## The name means something else

    The name is declared but cannot stand here: payers are authorities, “holds” follows a measure, “on-list” needs a list, and a fact must belong to the subject. Use a name of the kind that is expected.
    """#,
  "T0205": #"""
    # T0205 名称在这里有几个意思

    一个名称在这里有几个意思，例如既是主体的字段，又是空缺。

    例：

    ```tiaoli
        出资：市财政局
        金额：补助标准
    ```

    改为：

    ```tiaoli
        出资：市财政局
        金额：养老机构 的 补助标准
    ```

    改法：写明是谁的（“养老机构 的 补助标准”），或者给其中一个改名。

    ## The name has several meanings here

    The name has several meanings here, such as a fact of the subject and a hole. Say whose it is with “of”, or rename one.
    """#,
  "T0206": #"""
    # T0206 没有写类型或者没有这种类型

    字段、定义、空缺、参数都要写类型：金额、面积、数量、比率、日期、期间、文本、是否、选项的名称，或者“若干 某主体”。

    例：

    ```tiaoli
    主体 养老机构：
        床位数：问“有多少张床位？”
    ```

    改为：

    ```tiaoli
    主体 养老机构：
        床位数：数量（张） 问“有多少张床位？”
    ```

    改法：在冒号后面写上类型。

    ## The type is missing or unknown

    Facts, definitions, holes and parameters need a type: money, area, count, rate, day, duration, string, yes-no, an option, or “many” of a kind. Write it after the colon.
    """#,
  "T0207": #"""
    # T0207 类型不合

    两边的类型不一样：数量不能和金额比较，亩不能和元相加，条件要是“是否”，没有大小的选项不能说“以上”。单位换算（万元、公顷……）是自动的，种类不能换。

    例：

    ```tiaoli
        原文：“床位20张以上的养老机构，给予一次性补助5万元，由市财政承担”
        条件：床位数5万元以上
        给予：一次性补助
    ```

    改为：

    ```tiaoli
        原文：“床位20张以上的养老机构，给予一次性补助5万元，由市财政承担”
        条件：床位数20张以上
        给予：一次性补助
    ```

    改法：改成同一种量，或者换一个字段。

    ## The types do not match

    The two sides differ in type: a count is no money, 亩 and 元 do not add, and a condition is yes or no. Units convert, kinds of quantity do not. Compare like with like.
    """#,
  "T0208": #"""
    # T0208 个数或者写法不对

    个数或者写法不对：表里一行的格数和表头不同，“较大值”不足两个，“任一”没有条件，“至少 3 项”只列了两项，等等。

    例：

    ```tiaoli
        | 20张以上  | 5万元 |
        | 不足 20张 |
    ```

    改为：

    ```tiaoli
        | 20张以上  | 5万元 |
        | 不足 20张 | 3万元 |
    ```

    改法：照提示补齐。

    ## Wrong arguments

    The number or form of what is given is wrong: a table row unlike its head, fewer values than a function takes, fewer items than are asked for. Complete it as the message says.
    """#,
  "T0209": #"""
    # T0209 互相依赖

    几项互相依赖，绕了一圈，谁也算不出来。提示里列出了圈里的每一项。

    例：

    ```tiaoli
        原文：“床位20张以上的养老机构”
        即：床位数20张以上 且 普惠机构

    定义 普惠机构（养老机构）：是否
        原文：“床位20张以上的养老机构”
        即：达标机构
    ```

    改为：

    ```tiaoli
        原文：“床位20张以上的养老机构”
        即：床位数20张以上

    定义 普惠机构（养老机构）：是否
        原文：“床位20张以上的养老机构”
        即：床位数20张以上
    ```

    改法：去掉其中一处引用。

    ## A circle of dependencies

    These depend on one another in a circle, so none can be computed. Remove one of the references.
    """#,
  "T0301": #"""
    # T0301 原文没有这一条款

    原文没有这一条款。条款号的各种写法（三（三）、三、（三）、第三部分第（三）项）是一样的；句号从 1 数起，第0句是条款的标题。

    例：

    ```tiaoli
    条款 一 补助：
    条款 一（二） 床位补助：
        责任单位：市财政局
    ```

    改为：

    ```tiaoli
    条款 一 补助：
    条款 一（一） 床位补助：
        责任单位：市财政局
    ```

    改法：按原文改正条款号。

    ## The source has no such clause

    The source has no such clause or sentence. All spellings of an address are one; sentences count from 1, and 0 is the title. Correct the address.
    """#,
  "T0302": #"""
    # T0302 规则没有引用原文

    每条规则都要引用原文，一处或者几处。没有引文，就不能核对它的数和它覆盖的句子。

    例：

    ```tiaoli
    措施 床位补助：
        对象：养老机构
        条件：床位数20张以上
        给予：一次性补助
    ```

    改为：

    ```tiaoli
    措施 床位补助：
        对象：养老机构
        原文：“床位20张以上的养老机构，给予一次性补助5万元，由市财政承担”
        条件：床位数20张以上
        给予：一次性补助
    ```

    改法：写一行“原文：“……””，引用条款里的原话。

    ## The rule quotes nothing

    Every rule quotes the source, in one or several passages. Add a line quote: “…” with the words of the clause.
    """#,
  "T0303": #"""
    # T0303 原文没有这些文字

    原文没有这些文字。核对时不计空白和换页，其余一字不差；提示里有原文最接近的一处。条款的标题、责任单位也要和原文一样。

    例：

    ```tiaoli
        对象：养老机构
        原文：“床位20张以上的养老机构，给予一次性补助5万元，由市财政负担”
        条件：床位数20张以上
    ```

    改为：

    ```tiaoli
        对象：养老机构
        原文：“床位20张以上的养老机构，给予一次性补助5万元，由市财政承担”
        条件：床位数20张以上
    ```

    改法：按原文改正。不要改原文文件。

    ## The source does not hold the quoted words

    The source does not hold these words. White space and page breaks do not count, everything else does; the nearest passage is shown. Correct the quote, never the source.
    """#,
  "T0304": #"""
    # T0304 引文在另一条款

    引文在原文里，但是在另一条款。规则要么放错了条款，要么要写明引文的条款。

    例：

    ```tiaoli
        对象：养老机构
        原文：“各类养老机构均可申请”、“床位20张以上的养老机构，给予一次性补助5万元，由市财政承担”
        条件：床位数20张以上
    ```

    改为：

    ```tiaoli
        对象：养老机构
        原文：一“各类养老机构均可申请”，一（一）“床位20张以上的养老机构，给予一次性补助5万元，由市财政承担”
        条件：床位数20张以上
    ```

    改法：把规则移到那一条款，或者在引文前面写条款号：“原文：一（一）“……””。

    ## The quote stands in another clause

    The words stand in another clause. Move the rule there, or write the address before the quote.
    """#,
  "T0305": #"""
    # T0305 引文里没有这个数值

    规则里的数、日期和列举项，必须在它的引文里，或者在它用到的定义、参数、表的引文里。原文没有的数不能进入规则；力度的词、承办人的说法也是这样。

    例：

    ```tiaoli
        原文：“床位20张以上的养老机构，给予一次性补助5万元，由市财政承担”
        条件：床位数30张以上
        给予：一次性补助
    ```

    改为：

    ```tiaoli
        原文：“床位20张以上的养老机构，给予一次性补助5万元，由市财政承担”
        条件：床位数20张以上
        给予：一次性补助
    ```

    改法：补上含有它的引文，或者改成原文的数。

    ## No quote holds this value

    A number, date, list item or word of strength stands in none of the quotes of the rule, nor of the definitions and tables that it uses. Quote the passage that holds it, or use the value of the text.
    """#,
  "T0306": #"""
    # T0306 引文里的数字没有用到

    引文里有一个数，没有规则用到它，可能漏了条件。文号、书名号和引号里的数不算。

    例：

    ```tiaoli
        对象：养老机构
        原文：“床位20张以上的养老机构，给予一次性补助5万元，由市财政承担”
        给予：一次性补助
        出资：市财政局
    ```

    改为：

    ```tiaoli
        对象：养老机构
        原文：“床位20张以上的养老机构，给予一次性补助5万元，由市财政承担”
        条件：床位数20张以上
        给予：一次性补助
        出资：市财政局
    ```

    改法：把它写进条件、金额或者期限；确实无关的，把引文缩短。

    ## A number in the quote is not used

    A number in a quote is used by no rule, so a condition may be missing. Numbers of documents, titles and quoted labels do not count. Use it, or shorten the quote.
    """#,
  "T0307": #"""
    # T0307 原文有句子没有规则

    原文的这一句没有规则引用，也没有标明不入规则。

    例：

    ```tiaoli
    不入规则 首部第1句：标题
    ```

    改为：

    ```tiaoli
    不入规则 首部第1句：标题
    不入规则 一（一）第2句：修饰
    ```

    改法：写一条引用它的规则，或者写“不入规则 某句：理由”，理由是标题、目标、修饰或重复。

    ## A sentence of the source has no rule

    The sentence is quoted by no rule and not marked as none. Write a rule that quotes it, or “unruled … : title, goal, modifier or repeated”.
    """#,
  "T0308": #"""
    # T0308 找不到原文文件

    “文件”块写的原文文件，或者“引入”的文件，找不到。路径相对于规则文件所在的文件夹，可以写“../”，不能写绝对路径：规则换一台机器也要能用。

    例：

    ```tiaoli
        有效期：未规定
        原文：“原稿.txt”
    ```

    改为：

    ```tiaoli
        有效期：未规定
        原文：“原文.txt”
    ```

    改法：改正路径；手边没有文本的，写“文本：未取得”。

    ## The official text is not there

    The official text or the imported file is not there; paths are relative to the rule file and never absolute, so that a policy can move between machines. Correct the path, or write “text: not-on-file”.
    """#,
  "T0309": #"""
    # T0309 文本未取得

    这份文件只被引用，文本没有取得，所以不能引用它的话，也不能把规则建立在它上面。

    例：

    ```tiaoli
    条款 省养老服务条例 第五条：

    措施 省级奖励：
        原文：“给予奖励”
        实行：奖励

    条款 养老机构补助办法 一 补助：
    条款 一（一） 床位补助：
    ```

    改为：

    ```tiaoli
    条款 一 补助：
    条款 一（一） 床位补助：
    ```

    改法：取得文本并写“原文：……”；没有取得以前，把它要求的事写成由机关认定的事实或者空缺。

    ## The text is not on file

    The document is only cited and its text is not on file, so its words cannot be quoted. Get the text, or make what it requires a finding or a hole.
    """#,
  "T0310": #"""
    # T0310 规则不在任何条款里

    规则不在任何条款里。条款块以后的规则都属于那一条款，直到下一个“条款”或“文件”。

    例：

    ```tiaoli
    措施 床位补助：
        对象：养老机构
        原文：“床位20张以上的养老机构，给予一次性补助5万元，由市财政承担”
        条件：床位数20张以上
        给予：一次性补助
        出资：市财政局
        金额：5万元

    条款 一 补助：
    条款 一（一） 床位补助：
        责任单位：市财政局
    ```

    改为：

    ```tiaoli
    条款 一 补助：
    条款 一（一） 床位补助：
        责任单位：市财政局

    措施 床位补助：
        对象：养老机构
        原文：“床位20张以上的养老机构，给予一次性补助5万元，由市财政承担”
        条件：床位数20张以上
        给予：一次性补助
        出资：市财政局
        金额：5万元
    ```

    改法：把规则移到它所依据的条款后面。

    ## The rule stands in no clause

    The rule stands in no clause. Rules belong to the clause block before them; move the rule behind its clause.
    """#,
  "T0401": #"""
    # T0401 有的值没有归类

    归类要把选项的每个值都归入 是、否、分歧 或 待定，不能留下没有归的值。

    例：

    ```tiaoli
        是：民办
        否：公办
    ```

    改为：

    ```tiaoli
        是：民办
        否：公办
        分歧：公建民营
    ```

    改法：把没有归的值归入一类；有争议的归入“分歧”。

    ## A value is left unsorted

    A classification sorts every value of the option under yes, no, disputed or unsettled. Sort what is left.
    """#,
  "T0402": #"""
    # T0402 规则冲突

    一个空缺在同一时间有两个补入，不知道以哪一个为准。先后次序不能决定。

    例：

    ```tiaoli
        原文：“给予一次性补助5万元”
        值：5万元
    ```

    改为：

    ```tiaoli
        原文：“给予一次性补助5万元”
        值：5万元
        有效期：2024年12月31日
    ```

    改法：写明施行日期和有效期，使它们不重叠；或者删去一个。

    ## Rules conflict

    A hole is filled twice for one time, and order settles nothing. Give the fillings periods that do not overlap, or remove one.
    """#,
  "T0403": #"""
    # T0403 两档重叠

    两档都包括同一个数。“以上”“以下”都含本数（民法典第一千二百五十九条），所以“50张以下”和“50张以上”在 50 张上重叠。

    例：

    ```tiaoli
        | 20张以上 且 50张以下 | 1000元/张 |
        | 50张以上             | 2000元/张 |
    ```

    改为：

    ```tiaoli
        | 20张以上 且 50张以下 | 1000元/张 |
        | 超过 50张            | 2000元/张 |
    ```

    改法：按原文写“超过”“不足”，或者“（不含）”。

    ## Two tiers overlap

    Two tiers claim one value: or-more and or-less include the number. Write more-than, less-than or (excluded) as the text says.
    """#,
  "T0404": #"""
    # T0404 两档之间有空当

    两档之间有的数不属于任何一档。

    例：

    ```tiaoli
        原文：“床位20张以上50张以下的养老机构，每张床位补助1000元；超过50张的，每张床位补助2000元”
        | 20张以上 且 不足 50张 | 1000元/张 |
        | 超过 50张            | 2000元/张 |
    ```

    改为：

    ```tiaoli
        原文：“床位20张以上50张以下的养老机构，每张床位补助1000元；超过50张的，每张床位补助2000元”
        | 20张以上 且 50张以下 | 1000元/张 |
        | 超过 50张            | 2000元/张 |
    ```

    改法：按原文补上，使前一档的上限和后一档的下限相接。

    ## A gap between tiers

    Some values belong to no tier. Make the tiers meet as the text says.
    """#,
  "T0405": #"""
    # T0405 比例合计不是百分之百

    各出资人的份额，或者各期的份额，合计应为全部金额；写“其余”的，别的份额合计不能超过全部。取决于事实、日期或者读法的，在每个答案里核对。

    例：

    ```tiaoli
        给予：一次性补助
        出资：市财政局 40%、县级财政 40%
        金额：5万元
    ```

    改为：

    ```tiaoli
        给予：一次性补助
        出资：市财政局 60%、县级财政 40%
        金额：5万元
    ```

    改法：按原文改正；有“其余”的写“其余”；原文没有写比例的写“比例 未规定”。

    ## The shares do not add up to the whole

    The shares of payers or instalments must come to the whole amount, and where one is “rest” to no more. Those that depend on facts, dates or readings are verified in each answer. Correct them, write “rest” for what is left, or “unstated” where the text states none.
    """#,
  "T0406": #"""
    # T0406 从不适用的一行

    这一行的条件自相矛盾，或者所列的值不存在，没有主体能够适用它。

    例：

    ```tiaoli
        | 20张以上  | 5万元 |
        | 不足 20张 | 3万元 |
        | 20张以上 且 不足 20张 | 3万元 |
    ```

    改为：

    ```tiaoli
        | 20张以上  | 5万元 |
        | 不足 20张 | 3万元 |
    ```

    改法：核对原文，改正条件，或者删去这一行。

    ## A row that never applies

    The tests of the row contradict one another, so it can never apply. Correct them as the text says, or remove the row.
    """#,
  "T0407": #"""
    # T0407 标准表没有适用的一行

    有的值在标准表里没有适用的一行。常见的是边界上的一个数：“超过20张”和“不足20张”都不含 20 张。

    例：

    ```tiaoli
        | 床位数    | 标准  |
        | 超过 20张 | 5万元 |
        | 不足 20张 | 3万元 |
    ```

    改为：

    ```tiaoli
        | 床位数    | 标准  |
        | 20张以上  | 5万元 |
        | 不足 20张 | 3万元 |
    ```

    改法：按原文补上；原文确实没有规定的，不必改，查询时会说明没有适用的一行。

    ## No row of a table applies

    For some values no row of the table applies, often exactly at a boundary. Complete the table as the text says; where the text has no rule, leave it, and answers will say that no row applies.
    """#,
  "T0501": #"""
    # T0501 有金额没有出资

    措施有金额，没有写由谁出资。没有写不等于不出，但是应当核对原文。

    例：

    ```tiaoli
        条件：床位数20张以上
        给予：一次性补助
        金额：5万元
    ```

    改为：

    ```tiaoli
        条件：床位数20张以上
        给予：一次性补助
        出资：市财政局
        金额：5万元
    ```

    改法：写“出资：……”。

    ## An amount without a payer

    The measure has an amount and names no payer. Check the text, and write who pays.
    """#,
  "T0502": #"""
    # T0502 给付没有金额

    措施的力度是给付（给予、享受、补助），没有写金额，也没有引用空缺。

    例：

    ```tiaoli
        条件：床位数20张以上
        给予：一次性补助
    ```

    改为：

    ```tiaoli
        条件：床位数20张以上
        给予：一次性补助
        出资：市财政局
        金额：一次性补助办法
    ```

    改法：写“金额：……”；另行制定的，声明“空缺”并引用它。

    ## An entitlement without an amount

    The measure is an entitlement without an amount. Write it, or declare a hole where it is still to be set.
    """#,
  "T0503": #"""
    # T0503 范围没有规定

    重点、骨干、示范、品牌等词所指的范围，要由人列出或认定；写成普通的是否，就当成了已知的事实。

    例：

    ```tiaoli
        床位数：数量（张）
        属示范机构：是否
    ```

    改为：

    ```tiaoli
        床位数：数量（张）
        属示范机构：是否，由 市财政局 认定
    ```

    改法：声明“名单 ……：未取得”并写“在名单”，或者写明“由 某机关 认定”、凭什么材料。

    ## An undefined set

    Which are meant by such words must be listed or found by somebody; a plain yes-no would pass for known. Declare a list, or say by whom it is found or by which paper it is proven.
    """#,
  "T0504": #"""
    # T0504 期限已过

    在查询日期，措施的期限已过，再没有主体能够符合。常见的原因是引错了日期；也可能确实过期了，那就不必改。空缺的时限已过而没有补入的，也在此提示。

    例：

    ```tiaoli
        条件：床位数20张以上
        条件：备案日期 在 2025年底 以前
        期限：开业日期 在 2023年底 以前
        给予：一次性补助
    ```

    改为：

    ```tiaoli
        条件：床位数20张以上
        条件：备案日期 在 2023年底 以前
        期限：开业日期 在 2025年底 以前
        给予：一次性补助
    ```

    改法：核对期限用的是不是原文里的那个日期，或者换一个查询日期。

    ## The time limit has passed

    At the as-of date the time limit has passed, so no subject can meet it any more. Check that it is the right date of the text; a limit that is really over needs no change. A hole that is past its time limit and not filled is remarked on too.
    """#,
  "T0601": #"""
    # T0601 文件的编码读不了

    The file's encoding cannot be read.

    先看文件头：UTF-8 BOM 或合法的 UTF-8 按 UTF-8 读，其余按 GB18030 读（GB2312、GBK 都是它的一部分）。两种都严格：有一个字节不合法，整个文件不读，因为其余文字也靠不住。UTF-16、Excel 工作簿和不是文字的文件也不读。

    另存为“CSV UTF-8（逗号分隔）”。
    """#,
  "T0602": #"""
    # T0602 文件按 GB18030 读取

    The file was read as GB18030.

    文件不是 UTF-8，按 GB18030 读取。中文版 Excel、WPS 的“CSV（逗号分隔）”就是这种编码。若内容显示不对，另存为“CSV UTF-8”。

    不必改。
    """#,
  "T0603": #"""
    # T0603 CSV 的引号写法不对

    Malformed quotes in a CSV file.

    CSV 按 RFC 4180 读：单元格里有逗号、换行或引号时，整个单元格用双引号括起，里面的引号写两遍。引号不完整的行不读；引号到文件末尾没有结束的，从那一行起都不读。

    例：

    ```csv
    名称,建设单位
    甲园,朔州"康养"公司
    ```

    改为：

    ```csv
    名称,建设单位
    甲园,"朔州""康养""公司"
    ```
    """#,
  "T0604": #"""
    # T0604 一行的列数与表头不同

    A row is shorter or longer than the header.

    列比表头多的行不读，因为单元格可能错位（常见的原因是 9,000 没有引号）；列比表头少的行照读，缺的事实算没有给出。

    例：

    ```csv
    名称,备案总投资_万元
    甲园,9,000
    ```

    改为：

    ```csv
    名称,备案总投资_万元
    甲园,"9,000"
    ```
    """#,
  "T0605": #"""
    # T0605 两列给同一个事实

    Two columns give one fact.

    两列（或 JSON、YAML 里的两个键）给同一个事实，两边都不读：先后次序不能决定用哪一个。

    例：

    ```csv
    名称,备案总投资_万元,备案总投资_亿元
    甲园,1,2
    ```

    改为：

    ```csv
    名称,备案总投资_万元
    甲园,1
    ```
    """#,
  "T0606": #"""
    # T0606 一列没有读取

    A column was not used.

    列名要与事实的名称或已声明的别名完全一致，后面可以写单位（备案总投资_万元、备案总投资（万元））。差一点也不用：只写“总投资”的列，不能替人决定是备案总投资还是核定总投资。

    例：

    ```csv
    项目名称,总投资_万元
    甲园,3000
    ```

    改为：

    ```csv
    项目名称,备案总投资_万元
    甲园,3000
    ```
    """#,
  "T0607": #"""
    # T0607 一行不是记录

    A row is no record.

    表头之前的标题行，以“合计”“小计”“总计”开头的行，表下的说明和重复的表头，不是记录，不读。

    不必改；若是记录，改它的第一个单元格。
    """#,
  "T0608": #"""
    # T0608 单元格读不懂

    An unreadable cell.

    单元格读不懂，这个事实算没有给出，不猜。空白、—、-、/ 是没有给出；不知、未知、不详是不知；不适用、无关是不适用。

    例：

    ```csv
    名称,开工日期
    甲园,2023年6月
    ```

    改为：

    ```csv
    名称,开工日期
    甲园,2023年6月1日
    ```
    """#,
  "T0609": #"""
    # T0609 单元格的数没有单位

    A number without a unit.

    数没有单位，列名和表上的“单位：万元”也没有。30000 可以是 30000 元，也可以是 30000 万元，不猜。比率要写 % 或 ‰。0 不需要单位；计数（张、人）不写单位时用事实自己的单位；没有列单位时“3亿”就是 3 亿元，列单位是万元时“3亿”不读。

    例：

    ```csv
    名称,备案总投资
    甲园,30000
    ```

    改为：

    ```csv
    名称,备案总投资_万元
    甲园,30000
    ```
    """#,
  "T0610": #"""
    # T0610 单位不对

    The wrong unit.

    单位量的是别的东西（金额的列里写亩），或者不认识。

    例：

    ```csv
    名称,备案总投资
    甲园,12亩
    ```

    改为：

    ```csv
    名称,备案总投资
    甲园,12万元
    ```
    """#,
  "T0611": #"""
    # T0611 约数不能计算

    An approximate number.

    带“约”“余”“近”“左右”的数不能计算；不取整，也不去掉这些字。

    例：

    ```csv
    名称,备案总投资_万元
    甲园,约800
    ```

    改为：

    ```csv
    名称,备案总投资_万元
    甲园,812.5
    ```
    """#,
  "T0612": #"""
    # T0612 不是选项的值

    No value of the option.

    选项的单元格写值的名称、别名或代码；全角半角、空格不计。

    例：

    ```csv
    名称,投资主体
    甲园,民营企
    ```

    改为：

    ```csv
    名称,投资主体
    甲园,民营企业
    ```
    """#,
  "T0613": #"""
    # T0613 两个主体同名

    Two subjects have one name.

    同一种主体有两个同名，都保留，后一个的名称加“#2”。别的表用这个名称指它时分不清，不连。

    例：

    ```csv
    名称,备案总投资_万元
    甲园,1
    甲园,2
    ```

    改为：

    ```csv
    名称,备案总投资_万元
    甲园一期,1
    甲园二期,2
    ```
    """#,
  "T0614": #"""
    # T0614 主体没有名称

    A subject has no name.

    主体没有名称，按行号称呼。名称的列叫“项目名称”“名称”“企业名称”“主体名称”等，没有时用“序号”。

    例：

    ```csv
    备案总投资_万元
    1
    ```

    改为：

    ```csv
    名称,备案总投资_万元
    甲园,1
    ```
    """#,
  "T0615": #"""
    # T0615 看不出主体的种类

    The kind of a subject cannot be told.

    主体种类取自“类别”（主体、种类、kind）列，没有这一列时取列名最符合的种类；看不出时不读。

    例：

    ```csv
    姓名,年龄
    张三,80
    ```

    改为：

    ```csv
    名称,备案总投资_万元
    甲园,1
    ```
    """#,
  "T0616": #"""
    # T0616 关系没有连上

    A relation could not be linked.

    一行属于哪个主体、或一格指哪个主体，按名称找：没有、不止一个、或与“无”冲突时不连。“列全”而有的行没有读到时，不算列全；“列全”而一项也没有时，算没有给出（确实没有写“无”）。

    例：

    ```csv
    名称,贷款,贷款1_本金_万元
    甲园,无,100
    ```

    改为：

    ```csv
    名称,贷款1_本金_万元
    甲园,100
    ```
    """#,
  "T0617": #"""
    # T0617 日期按电子表格序号读取

    Dates were read from serial numbers.

    日期列里 20000 到 60000 的整数是电子表格的日期序号，按 1900 日期系统换成日期；每列提示一次。

    例：

    ```csv
    名称,开工日期
    甲园,45383
    ```

    改为：

    ```csv
    名称,开工日期
    甲园,2024-04-01
    ```
    """#,
  "T0618": #"""
    # T0618 单位取自表上的说明

    The unit was taken from a note above the table.

    金额或面积的列没有单位，按表上面“单位：万元”的说明读取。

    例：

    ```csv
    项目表（单位：万元）,
    名称,备案总投资
    甲园,3000
    ```

    改为：

    ```csv
    名称,备案总投资_万元
    甲园,3000
    ```
    """#,
  "T0619": #"""
    # T0619 JSON 写法不对

    Malformed JSON.

    JSON 按 RFC 8259 严格读取：没有注释，没有多余的逗号，键不重复，最多 64 层。数按原样读，不经过浮点。

    例：

    ```json
    [{"名称": "甲园",}]
    ```

    改为：

    ```json
    [{"名称": "甲园", "备案总投资": "1元"}]
    ```
    """#,
  "T0620": #"""
    # T0620 YAML 写法不对

    Malformed YAML.

    YAML 写法不对，或别名（*）超过 8 个，或超过 64 层。

    例：

    ```yaml
    - 名称: 甲园
      建设单位: 朔州: 公司
    ```

    改为：

    ```yaml
    - 名称: 甲园
      建设单位: "朔州: 公司"
    ```
    """#,
  "T0621": #"""
    # T0621 没有这个事实

    No such fact.

    JSON、YAML 的键要与事实的名称或已声明的别名完全一致，后面可以写单位；每个键提示一次。

    例：

    ```json
    [{"名称": "甲园", "类别": "项目", "总投资": "1元"}]
    ```

    改为：

    ```json
    [{"名称": "甲园", "备案总投资": "1元"}]
    ```
    """#,
  "T0622": #"""
    # T0622 提示太多，其余略去

    Too many remarks.

    一个文件的提示超过 1000 处，其余不列。

    先改正前面的。
    """#,
]
